/* lines: see lines.h. */
#include "base/lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

#include "base/banned.h"

enum { CHUNK = 1 << 18 };

void lines_open(struct lines *l, int fd, const char *name, size_t max)
{
	*l = (struct lines){.fd = fd, .name = name, .max = max};
	str_init(&l->in, SIZE_MAX / 2); /* the bounds are those of the calls */
}

void lines_close(struct lines *l)
{
	str_release(&l->in);
}

static struct span left_of(const struct lines *l)
{
	return span_cut(str_span(&l->in), l->from, l->in.n);
}

/* Reads on, behind what is left. */
static int more(struct lines *l, struct err *e)
{
	struct span left = left_of(l);
	if (l->from && left.n)
		memmove(l->in.p, left.p, left.n);
	str_truncate(&l->in, left.n);
	l->from = 0;
	ssize_t n;
	do
		n = read(l->fd, str_room(&l->in, CHUNK), CHUNK);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_sys(e, ERR_IO, errno, N_("cannot read %1"), l->name);
	l->end = n == 0;
	str_grew(&l->in, (size_t)n);
	return 0;
}

int lines_next(struct lines *l, struct span *out, struct err *e)
{
	bool too_long = false;
	for (;;) {
		struct span left = left_of(l);
		size_t end = span_find_byte(left, '\n', l->looked);
		bool whole = end != SIZE_MAX;
		if (whole || l->end) {
			end = whole ? end : left.n;
			*out = span_cut(left, 0, end);
			l->from += end + whole;
			l->looked = 0;
			if (too_long || end > l->max)
				return LINES_LONG;
			return whole || end ? LINES_LINE : LINES_END;
		}
		l->looked = left.n;
		if (left.n > l->max) { /* what was read of it is of no use */
			too_long = true;
			l->from = l->in.n;
			l->looked = 0;
		}
		if (more(l, e) < 0)
			return -1;
	}
}

int lines_peek(struct lines *l, struct err *e)
{
	for (;;) {
		struct span left = left_of(l), text = span_trim(left);
		if (text.n || left.n > l->max)
			return (unsigned char)(text.n ? text : left).p[0];
		if (l->end)
			return 0;
		if (more(l, e) < 0)
			return -1;
	}
}

int lines_rest(struct lines *l, size_t max, struct span *out, struct err *e)
{
	bool too_long = false;
	while (!l->end) {
		too_long = too_long || left_of(l).n > max;
		if (too_long)
			l->from = l->in.n;
		if (more(l, e) < 0)
			return -1;
	}
	*out = left_of(l);
	l->from = l->in.n;
	return too_long || out->n > max ? LINES_LONG : LINES_LINE;
}
