/* fuzz_warc: any bytes as a WARC file and as a worker's pipe. Beyond not crashing: views stay inside what was
 * given, and what the pipe parser takes adds up. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "archive/archive.h"
#include "base/file.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static bool within(struct span part, struct span whole)
{
	return !part.n || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

static void as_pipe(struct span s)
{
	struct warc_record rec;
	struct warc_http http;
	struct err e = {0};
	size_t used = 0;
	while (warc_take(s, &used, &rec, &e) == 1) {
		check(used > 0 && used <= s.n && rec.block.n < used);
		check(within(rec.block, s) && within(rec.uri, s) && within(rec.source, s) &&
			within(rec.entry, s));
		if (warc_http_parse(rec.block, &http))
			check(http.head.n + http.body.n == rec.block.n &&
				within(http.content_type, http.head));
		s = span_cut(s, used, s.n);
	}
}

static void as_file(struct span s)
{
	struct warc_record rec;
	struct report rep = {0};
	struct err e = {0};
	struct str out;
	int fd = memfd_create("warc", MFD_CLOEXEC);
	check(fd >= 0 && fd_write_all(fd, s) == 0 && lseek(fd, 0, SEEK_SET) == 0);
	struct warc_reader *r = warc_reader_new(fd);
	int64_t last = -1;
	str_init(&out, 0);
	while (warc_next(r, &rec, &rep, &e) == 1) {
		check(rec.offset >= last && rec.offset < (int64_t)s.n);
		last = rec.offset;
		str_clear(&out);
		warc_http_unchunk(rec.block, &out);
		check(out.n <= rec.block.n);
	}
	warc_reader_free(r);
	report_release(&rep);
	str_release(&out);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span s = {(const char *)data, size};
	as_pipe(s);
	as_file(s);
	return 0;
}
