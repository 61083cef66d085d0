"""The page on which a dossier is uploaded, and how far it is."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import JSONResponse, RedirectResponse, Response

from pipeline.errors import UsageError
from pipeline.review.access import Access
from pipeline.review.desk import Desk
from pipeline.review.routes.addresses import dossier_address
from pipeline.review.uploads import Full, Given, Uploads


def uploads_router(desk: Desk, uploads: Uploads, access: Access) -> APIRouter:
    """Return the addresses of uploading."""
    router = APIRouter()
    asking, deciding = Depends(access.signed_in), Depends(access.may_decide)

    @router.get("/uploads", dependencies=[asking])
    def show(request: Request) -> Response:
        rows = [(upload, uploads.progress(upload.dossier_id)) for upload in uploads.latest()]
        return access.render(
            request, "uploads.html.j2", rows=rows, address=lambda upload: dossier_address(upload.dossier_id)
        )

    @router.post("/uploads")
    def store(request: Request, files: Annotated[list[UploadFile], File()], who: Any = deciding) -> Response:
        given = [Given(each.filename or "", each.file) for each in files]
        try:
            uploads.store(given, by=who.name, at=desk.now())
        except (Full, UsageError) as error:
            status = 429 if isinstance(error, Full) else 422
            return access.render(
                request, "refused.html.j2", status_code=status, message=str(error), address="/uploads", dossier_id=""
            )
        return RedirectResponse("/uploads", status_code=303)

    @router.get("/uploads/{dossier_id}", dependencies=[asking])
    def progress(dossier_id: str) -> Response:
        if uploads.find(dossier_id) is None:
            return JSONResponse({"progress": None}, status_code=404)
        return JSONResponse({"progress": uploads.progress(dossier_id)})

    return router
