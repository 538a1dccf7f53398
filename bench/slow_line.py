"""A line to a server that is as slow as slow 4G, for everything that a browser asks, its service worker included:
150 ms there and back, once more to begin, 1.6 Mbit/s down and 0.75 up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

THERE_AND_BACK = 0.150
DOWN, UP = 1_600_000 / 8, 750_000 / 8
PIECE = 4096
A_MOMENT = 0.05


class Way:
    """One direction, shared by all connections: bytes leave one after the other, and arrive half a round trip later."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.free = 0.0

    async def carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        clock = asyncio.get_running_loop()
        sent: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def arrive() -> None:
            while True:
                at, piece = await sent.get()
                await asyncio.sleep(at - clock.time())
                if not piece:
                    break
                target.write(piece)
            target.close()

        arriving = asyncio.create_task(arrive())
        piece = b"-"
        try:
            while piece:
                try:
                    piece = await source.read(PIECE)
                except OSError:
                    piece = b""
                self.free = max(self.free, clock.time()) + len(piece) / self.speed
                sent.put_nowait((self.free + THERE_AND_BACK / 2, piece))
            with suppress(OSError):
                await arriving
        except asyncio.CancelledError:  # the line is cut: what is on its way does not arrive
            target.transport.abort()
            raise


@contextmanager
def slow_line(port: int) -> Iterator[int]:
    """The port of a slow line to a port of this machine."""
    loop = asyncio.new_event_loop()
    down, up = Way(DOWN), Way(UP)
    running: set[asyncio.Task[None]] = set()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(THERE_AND_BACK)
        there, back = await asyncio.open_connection("127.0.0.1", port)
        for carried in (up.carry(reader, back), down.carry(there, writer)):
            task = asyncio.create_task(carried)
            running.add(task)
            task.add_done_callback(running.discard)

    server = loop.run_until_complete(asyncio.start_server(connect, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_cut(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _cut(server: asyncio.Server) -> None:
    """Nobody is let in any more, and what is on its way stops: nothing is left in the loop."""
    server.close()
    await asyncio.sleep(A_MOMENT)  # whoever stands in the door comes in first
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    await asyncio.sleep(A_MOMENT)  # what was cut says so to both ends
