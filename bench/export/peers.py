"""The same rows, written by pyarrow, numpy and Python's json. Rows are read before the clock starts. See ../export.ts."""
import json
import os
import sys
import time

what, source, out = sys.argv[1:]
with open(source, encoding="utf-8", newline="\n") as lines:
    rows = [json.loads(line) for line in lines]

GROUP = 10_000
versions = {"python": sys.version.split()[0]}


def memory(of):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(of + ":")) / 1024


def begin():
    """The high-water mark is that of what follows: getrusage's begins with the process that started this one."""
    with open("/proc/self/clear_refs", "w") as marks:
        marks.write("5")
    return memory("VmRSS")


def synced(file):
    file.flush()
    os.fsync(file.fileno())


if what == "pyarrow":
    import pyarrow as pa
    import pyarrow.parquet as pq

    versions["pyarrow"] = pa.__version__
    text, whole, long = pa.string(), pa.int32(), pa.int64()
    level = pa.struct([("level", whole), ("code", whole), ("ordinal", long)])
    types = {"position": whole, "start": long, "end": long, "context": pa.list_(text), "facets": pa.list_(text),
             "code": whole, "ordinal": long, "levels": pa.list_(level)}
    schema = pa.schema([(name, types.get(name, text)) for name in rows[0]])
    before = begin()
    started = time.perf_counter()
    with open(out, "wb") as file:
        with pq.ParquetWriter(file, schema, compression="snappy") as writer:
            for at in range(0, len(rows), GROUP):
                writer.write_table(pa.Table.from_pylist(rows[at:at + GROUP], schema=schema), row_group_size=GROUP)
        synced(file)
elif what == "numpy":
    import numpy

    versions["numpy"] = numpy.__version__
    VOCABULARY, IDS, PIECE = 50_257, 10_000_000, 65_536
    codes = [row["code"] % VOCABULARY for row in rows]
    rows = [codes[i % len(codes)] for i in range(IDS)]
    before = begin()
    started = time.perf_counter()
    with open(out, "wb") as file:
        for at in range(0, len(rows), PIECE):
            numpy.asarray(rows[at:at + PIECE], dtype=numpy.uint16).tofile(file)
        synced(file)
else:
    before = begin()
    started = time.perf_counter()
    with open(out, "w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
            file.write("\n")
        synced(file)
seconds = time.perf_counter() - started
print(json.dumps({"seconds": seconds, "items": len(rows), "bytes": os.path.getsize(out), "versions": versions, "rssBefore": before,
                  "rssMax": memory("VmHWM")}))
