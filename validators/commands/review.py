"""`dossier review`: the reviewers' desk, and who may use it."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.console import complain, write_out
from pipeline.errors import EngineUnavailable
from pipeline.options import FILE_OR_ID, FOLDER, LANG, WAIVERS, WATCHLIST, examples, read_settings

if TYPE_CHECKING:
    from pipeline.review.accounts import Accounts
    from pipeline.review.app import Sending
    from pipeline.review.desk import Desk
    from validators.rejudging import Rejudger

ROLES = ("reviewer", "supervisor", "read-only")
HERE = ("127.0.0.1", "::1", "localhost")
DATABASE = click.option("--database", metavar="URL", help="A PostgreSQL for the desk.  [default: OUT/desk.sqlite]")
PASSWORD = click.option(
    "--password-stdin", "from_stdin", is_flag=True, help="Read the password from standard input, not the terminal."
)


class _Desk(click.Group):
    """`dossier review OUT` serves; a word that is a command below it is that command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        asks = any(each in ("-h", "--help") for each in args[:1])
        if args and not asks and args[0] not in self.commands:
            args = ["serve", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_Desk,
    epilog=examples(
        "dossier review adduser results li --role reviewer",
        "dossier review results                             opens on http://127.0.0.1:8000",
    ),
)
def review() -> None:
    """Serve the reviewers' desk over a batch's output folder: `dossier review OUT`.

    A queue of dossiers, each beside its pages; decisions and corrections, which outlive the database. Add a user
    before the first start.
    """


@review.command(epilog=examples("dossier review results --four-eyes"))
@click.argument("out", type=FOLDER)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@DATABASE
@click.option("--four-eyes", is_flag=True, help="An approval against the machine's decision needs a second reviewer.")
@click.option("--supervisor-seconds", is_flag=True, help="With --four-eyes: the second one must be a supervisor.")
@click.option("--webhooks", is_flag=True, help="Send messages to the addresses that supervisors set.  [default: none]")
@click.option("--webhooks-private", is_flag=True, help="With --webhooks: addresses in one's own network, too.")
@click.option("--https", is_flag=True, help="A proxy in front ends TLS: cookies are for https alone.")
@click.option("--rulebook", type=FILE_OR_ID, help="Rulebook to judge corrected values by.  [default: the report's]")
@WATCHLIST
@WAIVERS
@LANG
def serve(
    out: Path,
    *,
    host: str,
    port: int,
    database: str | None,
    four_eyes: bool,
    supervisor_seconds: bool,
    webhooks: bool,
    webhooks_private: bool,
    https: bool,
    rulebook: Path | None,
    watchlist: Path | None,
    waivers: Path | None,
    lang: str | None,
) -> None:
    """Serve the desk over a batch's output folder OUT, until it is interrupted.

    The word `serve` may be left out.
    """
    _require()
    import uvicorn

    from pipeline.review.accounts import Accounts
    from pipeline.review.app import create_app
    from pipeline.review.uploads import Uploads
    from validators.rejudging import Rejudger

    # First of all: a slip in the name of the secret key would have another key made.
    settings = read_settings(lang=lang)
    judge = Rejudger(rulebook, watchlist=watchlist, waivers=waivers)
    desk = _desk(out, database, judge, four_eyes=four_eyes, supervisor_seconds=supervisor_seconds)
    accounts = Accounts(desk.engine)
    sending = _sending(desk, to_private=webhooks_private) if webhooks else None
    _warn(out, accounts, host, https=https)
    uploads = Uploads(out, (sys.executable, "-c", "import cli; cli.main()"))
    app = create_app(desk, accounts, uploads, lang=settings.lang, secure=https, sending=sending)
    complain(f"the desk is at http://{host}:{port}; Ctrl-C ends it")
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)


@review.command(epilog=examples("dossier review adduser results li --role supervisor"))
@click.argument("out", type=FOLDER)
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reviewer", show_default=True, help="What they may do.")
@PASSWORD
@DATABASE
def adduser(out: Path, name: str, *, role: str, from_stdin: bool, database: str | None) -> None:
    """Let NAME use the desk of OUT."""
    from pipeline.review.accounts import Role

    _accounts(out, database).add(name, Role(role), _password(from_stdin=from_stdin))
    complain(f"{name} may sign in as {role}")


@review.command()
@click.argument("out", type=FOLDER)
@click.argument("name")
@PASSWORD
@DATABASE
def passwd(out: Path, name: str, *, from_stdin: bool, database: str | None) -> None:
    """Give NAME another password, and end their sessions."""
    _accounts(out, database).set_password(name, _password(from_stdin=from_stdin))
    complain(f"{name} has another password")


@review.command()
@click.argument("out", type=FOLDER)
@click.argument("name")
@click.option("--unlock", is_flag=True, help="Let them sign in again.")
@DATABASE
def lock(out: Path, name: str, *, unlock: bool, database: str | None) -> None:
    """Keep NAME from signing in, and end their sessions."""
    _accounts(out, database).lock(name, locked=not unlock)
    complain(f"{name} may sign in again" if unlock else f"{name} can no longer sign in")


@review.command()
@click.argument("out", type=FOLDER)
@click.argument("name")
@DATABASE
def deluser(out: Path, name: str, *, database: str | None) -> None:
    """Take NAME away. What they did stays in the journal."""
    _accounts(out, database).remove(name)
    complain(f"{name} is gone")


@review.command()
@click.argument("out", type=FOLDER)
@DATABASE
def users(out: Path, *, database: str | None) -> None:
    """List who may use the desk of OUT."""
    for user in _accounts(out, database).users():
        write_out(f"{user.name}\t{user.role}{' (locked)' if user.locked else ''}\n")


@review.command(epilog=examples("dossier review token results intake-program"))
@click.argument("out", type=FOLDER)
@click.argument("name")
@click.option("--revoke", is_flag=True, help="Make all of their tokens worthless instead.")
@DATABASE
def token(out: Path, name: str, *, revoke: bool, database: str | None) -> None:
    """Print a new token for the API, which may do what NAME may. It is shown this once."""
    _accounts(out, database)
    from pipeline.review.database import open_engine
    from pipeline.review.tokens import Tokens

    tokens = Tokens(open_engine(out, database))
    if revoke:
        complain(f"{tokens.revoke(name)} tokens of {name} are worthless now")
    else:
        write_out(f"{tokens.make(name)}\n")


@review.command(epilog=examples("dossier review labels results -o labelled --dossiers applications"))
@click.argument("out", type=FOLDER)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help="A new folder.")
@click.option("--dossiers", type=FOLDER, help="The batch's input, from which the documents are copied.")
@DATABASE
def labels(out: Path, *, target: Path, dossiers: Path | None, database: str | None) -> None:
    """Write what reviewers of OUT read as a labelled set for `dossier evaluate`."""
    from pipeline.review.labelled import write_labelled
    from validators.rejudging import Rejudger

    counts = write_labelled(_desk(out, database, Rejudger()), target, dossiers)
    complain(", ".join(f"{count} {name}" for name, count in counts.items()))


def _desk(
    out: Path, database: str | None, judge: "Rejudger", *, four_eyes: bool = False, supervisor_seconds: bool = False
) -> "Desk":
    from pipeline.review.database import open_engine
    from pipeline.review.desk import Desk

    engine = open_engine(out, database)
    return Desk(engine, out, judge, four_eyes=four_eyes, supervisor_seconds=supervisor_seconds, database=database)


def _warn(out: Path, accounts: "Accounts", host: str, *, https: bool) -> None:
    """Say what an operator may have forgotten."""
    if not accounts.users():
        complain(f"nobody can sign in yet; add a user by `dossier review adduser {out} NAME --role reviewer`")
    if host not in HERE and not https:
        complain("passwords will cross the network in the clear: put a proxy that ends TLS in front, and give --https")


def _sending(desk: "Desk", *, to_private: bool) -> "Sending":
    from pipeline.review.app import Sending
    from pipeline.review.delivery import Deliverer
    from pipeline.review.secret_key import VARIABLE, secret_key
    from pipeline.review.webhooks import Webhooks

    key = secret_key(desk.out, os.environ.get(VARIABLE))
    webhooks = Webhooks(desk.engine, now=desk.now, key=key)
    return Sending(webhooks, Deliverer(desk.engine, now=desk.now, key=key, to_private=to_private))


def _accounts(out: Path, database: str | None) -> "Accounts":
    _require()
    from pipeline.review.accounts import Accounts
    from pipeline.review.database import open_engine

    return Accounts(open_engine(out, database))


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _require(names: Sequence[str] = ("argon2", "cryptography", "fastapi", "httpx", "multipart", "uvicorn")) -> None:
    """Raise EngineUnavailable if a part of the desk is not installed."""
    from importlib.util import find_spec

    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise EngineUnavailable(f"the desk needs {', '.join(missing)}: pip install 'dossier-verify[review]'")
