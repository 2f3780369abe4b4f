#!/usr/bin/python3
"""Prints what rewind.points says, a line for each event, with the published schemas alone.

points_feed.py HOST:PORT SCHEMAS [--follow]      needs Debian's python3-avro and python3-confluent-kafka
"""
import io
import pathlib
import struct
import sys

import avro.io
import avro.schema
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, TopicPartition

TOPIC = "rewind.points"
HEADER = struct.Struct("<HQ")  # C3 01, the schema's fingerprint


def schemas(folder):
    """By fingerprint, which is in each file's name: NAME-FINGERPRINT.avsc, hexadecimal."""
    return {
        int(file.stem.rsplit("-", 1)[1], 16): avro.schema.parse(file.read_text())
        for file in pathlib.Path(folder).glob("*.avsc")
    }


def show(value, known):
    marker, fingerprint = HEADER.unpack_from(value) if len(value) >= HEADER.size else (0, 0)
    if marker != 0x01C3 or fingerprint not in known:
        print("skipped: not a record of a schema at hand", file=sys.stderr)
        return
    schema = known[fingerprint]
    event = avro.io.DatumReader(schema).read(avro.io.BinaryDecoder(io.BytesIO(value[HEADER.size:])))
    if schema.name == "PointCommitted":
        header = event["header"]
        print("committed", header["name"], header["point"], time(header["captured"]), event["storedBytes"])
    elif schema.name == "PointExpired":
        print("expired", event["point"], event["reason"])
    elif schema.name == "Gap":
        print("gap", event["name"], event["code"], time(event["due"]))
    else:
        print("skipped:", schema.name, file=sys.stderr)


def time(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def main(bootstrap, folder, follow=False):
    known = schemas(folder)
    consumer = Consumer(
        {"bootstrap.servers": bootstrap, "group.id": "points-feed", "enable.auto.commit": False, "enable.partition.eof": True}
    )
    unfinished = set(consumer.list_topics(TOPIC, timeout=10).topics[TOPIC].partitions)
    consumer.assign([TopicPartition(TOPIC, partition, OFFSET_BEGINNING) for partition in unfinished])
    while follow or unfinished:
        message = consumer.poll(1.0)
        if message is None:
            continue
        if message.error() is None:
            show(message.value(), known)
        elif message.error().code() == KafkaError._PARTITION_EOF:
            unfinished.discard(message.partition())
        else:
            sys.exit(str(message.error()))
    consumer.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "--follow" in sys.argv)
