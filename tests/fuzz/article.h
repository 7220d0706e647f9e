/* article: what must hold of every article that comes out of untrusted bytes: it can be written and read
 * again, the line is UTF-8, the limits hold. Shared by the fuzz targets of the feed formats. */
#ifndef FUZZ_ARTICLE_H
#define FUZZ_ARTICLE_H

#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "news/news.h"

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_article(struct arena *a, struct article *x)
{
	struct str line = {0};
	struct article again;
	struct err e = {0};
	article_set_id(a, x);
	article_write(x, &line);
	check(article_read(a, str_span(&line), &again, &e) == 0);
	check(utf8_valid(str_span(&line)));
	check(!x->title || span_of(x->title).n <= TITLE_MAX);
	str_release(&line);
}

#endif
