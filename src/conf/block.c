/* block: the text of a block scalar ("|" as written, ">" folded), YAML 1.2.2 chapter 8.1. libfyaml 0.7.12
 * finds where such a text begins and ends, but miscounts it when its last lines are indented more than its
 * first, and then hands out bytes it never wrote (found by fuzz_conf under valgrind). So the text is taken
 * from the source here. An indentation told by a number ("|2") is refused: nobody who keeps these files uses
 * it. */
#include "conf/conf_priv.h"

#include <string.h>

#include "base/banned.h"

struct block {
	bool folded;
	char chomp;    /* '-' strip, '+' keep, 0 clip */
	size_t indent; /* of the first line with content */
};

/* "|", "|-", ">+  # comment": the end of the line before the text. */
static enum block_result read_header(struct span line, struct block *b)
{
	for (size_t at = 0; at < line.n; at++) {
		bool opens =
			(line.p[at] == '|' || line.p[at] == '>') && (!at || strchr(" \t", line.p[at - 1]));
		if (!opens)
			continue;
		bool number = false;
		size_t i = at + 1;
		char chomp = 0;
		for (; i < line.n && strchr("+-0123456789", line.p[i]); i++) {
			if (line.p[i] == '+' || line.p[i] == '-')
				chomp = line.p[i];
			else
				number = true;
		}
		struct span rest = span_cut(line, i, line.n);
		if (span_trim(rest).n && !(strchr(" \t", rest.p[0]) && span_trim(rest).p[0] == '#'))
			continue; /* inside a quoted key, say */
		*b = (struct block){line.p[at] == '>', chomp, 0};
		return number ? BLOCK_NUMBER : BLOCK_OK;
	}
	return BLOCK_NO_HEADER;
}

/* The line that ends at `end`, without its break. */
static struct span line_before(struct span yaml, size_t end)
{
	if (end && yaml.p[end - 1] == '\n')
		end--;
	if (end && yaml.p[end - 1] == '\r')
		end--;
	size_t from = end;
	while (from && yaml.p[from - 1] != '\n' && yaml.p[from - 1] != '\r')
		from--;
	return span_cut(yaml, from, end);
}

/* Takes the next line off *rest, its break too; *broken: it had one. False at the end. */
static bool next_line(struct span *rest, struct span *line, bool *broken)
{
	if (!rest->n)
		return false;
	size_t i = 0;
	while (i < rest->n && rest->p[i] != '\n' && rest->p[i] != '\r')
		i++;
	*line = (struct span){rest->p, i};
	if (i + 1 < rest->n && rest->p[i] == '\r' && rest->p[i + 1] == '\n')
		i++;
	*broken = i < rest->n;
	i += *broken;
	rest->p += i;
	rest->n -= i;
	return true;
}

static size_t blanks(struct span s)
{
	size_t n = 0;
	while (n < s.n && s.p[n] == ' ')
		n++;
	return n;
}

/* What joins a line to the one before it: as many breaks as were there, or, between two lines of running text
 * when folding, one break less and a blank for a single one. */
static void join(struct str *out, const struct block *b, size_t empty, bool first, bool running)
{
	size_t breaks = empty + !first;
	if (b->folded && !first && running) {
		if (breaks == 1)
			str_addc(out, ' ');
		breaks--;
	}
	for (; breaks; breaks--)
		str_addc(out, '\n');
}

/* What the breaks at the end come to; `last`: the last line with content had one. */
static void chomp(struct str *out, const struct block *b, size_t empty, bool last)
{
	if (last && b->chomp != '-')
		str_addc(out, '\n');
	for (; b->chomp == '+' && empty; empty--)
		str_addc(out, '\n');
}

enum block_result block_read(struct span yaml, size_t from, size_t to, struct str *out, long *line, long *col)
{
	struct block b;
	struct span rest = span_cut(yaml, from, to), one;
	enum block_result head = read_header(line_before(yaml, from), &b);
	size_t empty = 0;
	bool any = false, running = false; /* running: the line before was running text */
	bool broken, last = false;
	*line = *col = 1;
	if (head != BLOCK_OK)
		return head;
	for (long n = 1; next_line(&rest, &one, &broken); n++) {
		size_t in = blanks(one);
		if (in == one.n && (!any || in <= b.indent)) {
			empty += broken; /* else: the blanks before the next key */
			continue;
		}
		if (!any) {
			b.indent = in;
			*line = n;
			*col = (long)in + 1;
		}
		if (in < b.indent) {
			*line = n;
			*col = (long)in + 1;
			return BLOCK_UNEVEN;
		}
		one = span_cut(one, b.indent, one.n);
		bool runs = one.p[0] != ' ' && one.p[0] != '\t';
		join(out, &b, empty, !any, runs && running);
		str_add(out, one);
		empty = 0;
		any = true;
		running = runs;
		last = broken;
	}
	chomp(out, &b, empty, last);
	return BLOCK_OK;
}
