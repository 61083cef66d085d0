"""Running a network on the CPU: OpenVINO where it has a wheel, ONNX Runtime elsewhere.

Both are imported on use. Neither reaches for the network: the telemetry of both is switched off before their import
(measured: ONNX Runtime's Python call does not stop it, and importing OpenVINO reports to Google Analytics).
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import EngineUnavailable

Tensor = NDArray[np.float32]
Outputs = tuple[NDArray[Any], ...]
Precision = Literal["auto", "f32", "bf16"]


class Network(Protocol):
    """A network with one input."""

    def run(self, inputs: Sequence[Tensor]) -> list[Outputs]:
        """Run each input by itself and return its outputs, in the order of the inputs.

        One line per request was measured to be faster on a CPU than padding many lines into a batch.
        """


class Runtime(Protocol):
    """Something that loads networks."""

    name: str
    """Library, version and precision, such as `openvino-2026.4.1/bf16`: all of it may change a reading."""

    def load(self, model: Path, *, best: int = 0, streams: int = 1) -> Network:
        """Load an ONNX model.

        Args:
            model: Where it lies.
            best: If above 0, the network yields the `best` highest values of the last axis and their
                indices instead of the whole axis.
            streams: How many requests may run side by side, sharing the runtime's threads.
        """

    def alphabet(self, model: Path) -> Sequence[str]:
        """Return the character of each class of a recognition model, as its metadata list them."""


def _with_blank_and_space(characters: str) -> list[str]:
    return ["", *characters.split("\n"), " "]


def import_openvino() -> Any:  # the library has no types
    """Import OpenVINO without its telemetry, which would look up a host and leave an id in the user's home.

    Raises:
        ImportError: It is not installed.
    """
    # Finding no telemetry package, OpenVINO takes its own stub instead.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # this is how imports are blocked
    import openvino

    return openvino


def is_bf16_faster(processor: str) -> bool:
    """Return whether multiplying in bf16 is faster than in f32 on a processor that can do both.

    It is with AMX and on AMD (Zen 4 and later, twice the rate). Intel's AVX-512 alone does bf16 at half the rate of
    f32: measured on a Xeon whose AMX the hypervisor hides, recognising a line took 26 ms of processor time in bf16
    and 16 ms in f32.

    Args:
        processor: What `/proc/cpuinfo` says; empty where there is none, and f32 is as good a choice as any.
    """
    flags = set(processor.split())
    return "amx_bf16" in flags or {"AuthenticAMD", "avx512_bf16"} <= flags


def _processor() -> str:
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return ""


class OpenVinoRuntime:
    """OpenVINO on the CPU."""

    def __init__(self, threads: int, precision: Precision = "auto") -> None:
        openvino = import_openvino()
        self._core = openvino.Core()
        self._threads = threads
        has_bf16 = "BF16" in self._core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        if precision == "bf16" and not has_bf16:
            raise EngineUnavailable("DOSSIER_PRECISION asks for bf16, which this processor does not have; leave it out")
        best = "bf16" if has_bf16 and is_bf16_faster(_processor()) else "f32"
        self._precision = best if precision == "auto" else precision
        self.name = f"openvino-{openvino.__version__.split('-')[0]}/{self._precision}"

    def load(self, model: Path, *, best: int = 0, streams: int = 1) -> Network:
        """Load an ONNX model; see `Runtime.load`."""
        openvino = import_openvino()
        from openvino import opset8

        network = self._core.read_model(model)
        if best:
            # Sorting 18,710 classes inside the graph saves copying them out for every column of a line.
            probabilities = network.get_results()[0].input_value(0)
            top = opset8.topk(probabilities, np.int64(best), -1, "max", "value", index_element_type="i32")
            network = openvino.Model([top.output(0), top.output(1)], network.get_parameters(), "recognition")
        compiled = self._core.compile_model(
            network,
            "CPU",
            {
                "INFERENCE_PRECISION_HINT": self._precision,
                "INFERENCE_NUM_THREADS": self._threads,
                "NUM_STREAMS": streams,
                # Pinned workers of a batch would all sit on the first core.
                "ENABLE_CPU_PINNING": False,
            },
        )
        return _OpenVinoNetwork(compiled, streams)

    def alphabet(self, model: Path) -> Sequence[str]:
        """Return the character of each class; see `Runtime.alphabet`."""
        network = self._core.read_model(model)
        return _with_blank_and_space(network.get_rt_info(["framework", "character"]).astype(str))


class _OpenVinoNetwork:
    def __init__(self, compiled: Any, streams: int) -> None:
        openvino = import_openvino()
        self._outputs = range(len(compiled.outputs))
        self._queue = openvino.AsyncInferQueue(compiled, streams)
        self._queue.set_callback(self._keep)

    def _keep(self, request: Any, place: tuple[list[Outputs | None], int]) -> None:
        results, index = place
        results[index] = tuple(request.get_output_tensor(output).data.copy() for output in self._outputs)

    def run(self, inputs: Sequence[Tensor]) -> list[Outputs]:
        results: list[Outputs | None] = [None] * len(inputs)
        for index, tensor in enumerate(inputs):
            self._queue.start_async({0: tensor}, (results, index))
        self._queue.wait_all()
        return [result for result in results if result is not None]


class OnnxRuntime:
    """ONNX Runtime on the CPU, where OpenVINO is missing."""

    def __init__(self, threads: int) -> None:
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime

        self._threads = threads
        self.name = f"onnxruntime-{onnxruntime.__version__}/f32"

    def load(self, model: Path, *, best: int = 0, streams: int = 1) -> Network:  # noqa: ARG002 - it has no streams
        """Load an ONNX model; see `Runtime.load`."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        # The arena keeps the largest page's memory for ever.
        options.enable_cpu_mem_arena = False
        session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        return _OnnxNetwork(session, best)

    def alphabet(self, model: Path) -> Sequence[str]:
        """Return the character of each class; see `Runtime.alphabet`."""
        import onnxruntime

        session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
        return _with_blank_and_space(session.get_modelmeta().custom_metadata_map["character"])


class _OnnxNetwork:
    def __init__(self, session: Any, best: int) -> None:
        self._session = session
        self._input = session.get_inputs()[0].name
        self._best = best

    def run(self, inputs: Sequence[Tensor]) -> list[Outputs]:
        return [self._run_one(tensor) for tensor in inputs]

    def _run_one(self, tensor: Tensor) -> Outputs:
        (values,) = self._session.run(None, {self._input: tensor})
        if not self._best:
            return (values,)
        order = np.argpartition(values, -self._best, axis=-1)[..., -self._best :]
        best = np.take_along_axis(values, order, axis=-1)
        rank = np.argsort(-best, axis=-1, kind="stable")
        return np.take_along_axis(best, rank, axis=-1), np.take_along_axis(order, rank, axis=-1)


def make_runtime(threads: int, precision: Precision = "auto") -> Runtime:
    """Return the fastest runtime that is installed.

    Args:
        threads: How many it may use.
        precision: Of OpenVINO; ONNX Runtime knows f32 alone.

    Raises:
        EngineUnavailable: Neither OpenVINO nor ONNX Runtime can be imported, or the processor lacks the precision.
    """
    try:
        return OpenVinoRuntime(threads, precision)
    except ImportError:
        pass
    try:
        return OnnxRuntime(threads)
    except ImportError as error:
        raise EngineUnavailable("ppocr needs openvino or onnxruntime; install one: pip install openvino") from error
