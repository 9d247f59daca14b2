"""The way to the language model, and the key for it. This module never reaches a browser.

`provider` stands in for a service on the network. To ask a real one, let `words` post the messages
to it, with the key in a header, and yield what comes.
"""

import asyncio
import hmac
import os
import re
from collections.abc import AsyncIterator

import wasmrx as rx

rx.server.only()

KEY = os.environ.get("MODEL_KEY", "sk-example-2b7e151628aed2a6")
PAUSE = 0.04

ANSWERS = {
    r"\bkey\b": "On the server, in the module model.py. The browser got neither the key nor the "
    "code that uses it: look through the sources of this page for it.",
    r"\bstory\b": "Once upon a time a handler lived in a browser. It was quick, and worked on "
    "trains and in tunnels, but it could keep no secret: whoever opened the inspector read its "
    "mind. So it wrote a letter to a handler on a server, who knew a secret and told nobody. The "
    "answer came word by word, and while they waited the page scrolled as smoothly as ever. They "
    "wrote to each other happily ever after.",
    r"\bdo\b": "I am a stub of a language model: I know a story, I know where my key is, and I can "
    "count. Put a real model in my place, in the function that asks me.",
}


async def words(messages: list[tuple[str, str]]) -> AsyncIterator[str]:
    """Yield the model's answer to a conversation, in pieces as they come."""
    async for word in provider(messages, key=KEY):
        yield word


async def provider(messages: list[tuple[str, str]], key: str) -> AsyncIterator[str]:
    """Answer as a service would that asks for a key."""
    if not hmac.compare_digest(key, KEY):
        raise PermissionError("The key is wrong.")
    question = messages[-1][1] if messages else ""
    for word in _answer(question).split(" "):
        await asyncio.sleep(PAUSE)
        yield f"{word} "


def _answer(question: str) -> str:
    number = re.search(r"\bcount to (\d{1,4})\b", question, re.IGNORECASE)
    if number:
        return " ".join(str(i) for i in range(1, int(number[1]) + 1))
    for pattern, answer in ANSWERS.items():
        if re.search(pattern, question, re.IGNORECASE):
            return answer
    return f"You say “{question[:200]}”. I am a stub, and leave it to a real model to answer that."
