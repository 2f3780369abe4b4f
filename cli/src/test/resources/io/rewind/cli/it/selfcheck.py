# As selfcheck.pl, with threads: PROCESSES processes of THREADS threads, each with pages and a file of its own.
import _thread, os, sys, time

pages, processes, threads = map(int, sys.argv[1:])


def worker(number):
    memory = [bytearray(b"x" * 4096) for _ in range(pages)]
    path = "/data/file%d" % number
    file = os.open(path, os.O_RDWR | os.O_CREAT)

    def put(stamp):
        for page in memory:
            page[:12] = stamp
        for block in range(4):
            os.pwrite(file, stamp, block * 4096)

    def check(stamp):
        bad = sum(page[:12] != stamp for page in memory)
        try:
            again = os.open(path, os.O_RDONLY)
            bad += sum(os.pread(again, 12, block * 4096) != stamp for block in range(4))
            os.close(again)
        except FileNotFoundError:
            bad += 4
        if bad:
            write("/data/broken%d" % number, "%d at %s\n" % (bad, stamp))

    tick = 0
    put(b"%012d" % tick)
    while True:
        check(b"%012d" % tick)
        tick += 1
        put(b"%012d" % tick)
        check(b"%012d" % tick)
        write("/data/next%d" % number, "%d" % tick)
        os.rename("/data/next%d" % number, "/data/tick%d" % number)
        time.sleep(0.01)


def write(path, text):
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(file, text.encode())
    os.close(file)


os.makedirs("/data", exist_ok=True)
process = 0
for other in range(1, processes):
    if os.fork() == 0:
        process = other
        break
for thread in range(1, threads):
    _thread.start_new_thread(worker, (process * threads + thread,))
worker(process * threads)
