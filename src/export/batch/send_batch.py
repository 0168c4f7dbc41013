#!/usr/bin/env python3
"""Sends requests.jsonl to the Message Batches service and keeps each answer in answers/ID.md. Written by phaseplan.

Run it in the repository whose files the requests are about:
    pip install anthropic; export ANTHROPIC_API_KEY=...; python3 send_batch.py
It may be stopped and started again: what was sent is waited for, and what has an answer is not sent again.
Answers come within 24 hours, most often within one. What failed for good stands in failed.txt."""
import json
import os
import sys
import time
from pathlib import Path

import anthropic

HERE = Path(__file__).resolve().parent
ANSWERS, SENT, FAILED = HERE / "answers", HERE / "sent.json", HERE / "failed.txt"
MOST_REQUESTS, MOST_BYTES = 100_000, 250_000_000  # The service takes 100,000 requests and 256 MB in one batch.
ROUNDS, SECONDS = 4, 60
UNREADABLE = "file"
# What is wrong stays wrong; everything else may go well the next time.
FOR_GOOD = ("invalid_request_error", UNREADABLE)


def texts_filled_in(request):
    """Puts the text of each file into the document with its path as title."""
    root = Path.cwd().resolve()
    for part in request["params"]["messages"][0]["content"]:
        if part["type"] == "document":
            path = (root / part["title"]).resolve()
            if root not in path.parents:
                raise OSError(f"{part['title']} lies outside {root}")
            part["source"]["data"] = path.read_text(encoding="utf-8", errors="replace")
    return request


def filled_in(requests, failed):
    """The requests with the texts of their files, without those whose files can't be read."""
    for request in requests:
        try:
            yield texts_filled_in(request)
        except OSError as error:
            failed[request["custom_id"]] = (UNREADABLE, str(error))


def batches(requests):
    """Groups of requests that the service takes in one batch."""
    group, size = [], 0
    for request in requests:
        length = len(json.dumps(request).encode())
        if group and (len(group) == MOST_REQUESTS or size + length > MOST_BYTES):
            yield group
            group, size = [], 0
        group.append(request)
        size += length
    if group:
        yield group


def finished(client, id):
    """Waits for a batch."""
    while True:
        batch = client.messages.batches.retrieve(id)
        if batch.processing_status == "ended":
            return
        print(f"{id}: {batch.request_counts.processing} requests are left", flush=True)
        time.sleep(SECONDS)


def collect(client, id, failed):
    """Keeps the answers of a batch under their ids, which come in any order, and says of the others why they failed."""
    for one in client.messages.batches.results(id):
        if one.result.type == "succeeded":
            text = "".join(part.text for part in one.result.message.content if part.type == "text")
            if one.result.message.stop_reason == "max_tokens":
                text += "\n\n(The answer was cut off: it is longer than max_tokens allows.)"
            (ANSWERS / f"{one.custom_id}.md").write_text(text + "\n", encoding="utf-8")
            failed.pop(one.custom_id, None)
        elif one.result.type == "errored":
            error = getattr(one.result.error, "error", None) or one.result.error
            failed[one.custom_id] = (error.type, error.message)
        else:  # expired or canceled
            failed[one.custom_id] = (one.result.type, "the service had no time for it")


def main():
    rows = (Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "requests.jsonl").read_text(encoding="utf-8").split("\n")
    requests = {request["custom_id"]: request for request in map(json.loads, filter(None, rows))}
    ANSWERS.mkdir(exist_ok=True)
    client, failed = anthropic.Anthropic(), {}
    sent = json.loads(SENT.read_text()) if SENT.exists() else []
    for attempt in range(ROUNDS):
        if not sent:
            open_ones = [id for id in requests if not (ANSWERS / f"{id}.md").exists()]
            again = [requests[id] for id in open_ones if failed.get(id, ("",))[0] not in FOR_GOOD]
            for group in batches(filled_in(again, failed)):
                sent.append(client.messages.batches.create(requests=group).id)
                SENT.write_text(json.dumps(sent))
                print(f"{sent[-1]}: {len(group)} requests are sent", flush=True)
        if not sent:
            break
        while sent:
            finished(client, sent[0])
            collect(client, sent.pop(0), failed)
            SENT.write_text(json.dumps(sent))
    FAILED.write_text("".join(f"{id}: error {kind}: {why}\n" for id, (kind, why) in sorted(failed.items())), encoding="utf-8")
    print(f"{len(requests) - len(failed)} of {len(requests)} answers are in {os.path.relpath(ANSWERS)}")
    for id, (kind, why) in sorted(failed.items()):
        print(f"{id} failed: error {kind}: {why}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
