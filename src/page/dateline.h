/* dateline: the date in a line of text that people read. Within page/ only. */
#ifndef PAGE_DATELINE_H
#define PAGE_DATELINE_H

#include "news/news.h"

struct date_hints {
	const char *country, *lang; /* may be NULL */
};

/* What the line says of when it was published; with `updates` also what it says of when it was changed, where
 * that is all. False when it holds no date, or none that can be meant. */
bool dateline_read(struct span line, const struct date_hints *h, bool updates, struct stamp *out);
/* When it was changed. */
bool dateline_updated(struct span line, const struct date_hints *h, struct stamp *out);
/* "HUẾ (22/11/2026) - ", "Karlsruhe, 22.11.2026 – ": the day at the head of an article's text. */
bool dateline_head(struct span line, const struct date_hints *h, struct stamp *out);
/* The whole of a short string, as machines write them. */
bool dateline_exact(struct span s, const struct date_hints *h, struct stamp *out);
/* "/2026/11/22/", "/2026-11-22-", "/20261122", "-22-11-2026-" in an address. */
bool dateline_address(struct span url, const char *lang, struct stamp *out);
/* Can the date be that of an article? */
bool dateline_sane(struct stamp s);
/* "Published", "Ngày đăng: 22/11/2026": is the line, or what it begins with, the label of such a date? */
bool dateline_says_published(struct span line);
/* "Hôm nay: Thứ bảy, 14/03/2026", "Giấy phép số 12 ngày 05/06/2019": of the page or the outlet, not of the
 * article. */
bool dateline_of_page(struct span line);
/* Does a line of so many words look like a date and little else? */
bool dateline_looks(struct span line, unsigned words);

#endif
