/* head: an article's headline, authors, date and language, chosen from what the page says to machines and
 * what it shows. Within page/ only. */
#ifndef PAGE_HEAD_H
#define PAGE_HEAD_H

#include "page/meta.h"
#include "page/page.h"
#include "page/view.h"

/* The headline without the outlet's name; NULL when there is none. *block is the block that shows it,
 * UINT32_MAX when none does. */
const char *head_title(struct arena *a, const struct view *v, const struct meta *m,
	const struct page_hints *h, uint32_t *block);
/* A headline without the outlet's name and the section's; host: of the page; may be NULL. */
struct span head_strip_site(const struct view *v, struct span title, const struct meta *m, const char *host);
/* The same for a list, whose name may be short. */
struct span head_strip_outlet(
	const struct view *v, struct span title, const struct meta *m, const char *host);
/* Is there a link of that name, as to the section a page belongs to? */
bool head_is_section(const struct view *v, struct span name);
/* Is the line nothing but the way to the front page, as a logo is? */
bool head_leads_home(const struct view *v, uint32_t block);
/* Names of people, desks and agencies, never the outlet itself. at: the headline, the first block of the
 * article and the one behind its last, the one behind its body. host: of the page; may be NULL. */
const char **head_authors(struct arena *a, const struct view *v, const struct meta *m, const char *host,
	const uint32_t at[4], size_t *n);
/* The page's own address; asked: the one it came from, may be NULL. NULL when the page gives none. */
const char *head_address(
	struct arena *a, const struct view *v, const struct meta *m, const char *asked, uint32_t headline);
/* An address of a host and nothing on it: a front page's. */
bool head_is_front(const char *url);
/* When the machines' part gave no date: the visible ones around the headline, then the address. */
void head_date(const struct view *v, struct meta *m, const struct page_hints *h, uint32_t headline,
	uint32_t from, uint32_t to);
/* The date in a short text; false when there is none that can be meant. */
bool head_date_in(struct span s, const struct page_hints *h, struct stamp *out);
/* Is it Vietnamese by its letters? Templates say "en" on many Vietnamese pages. */
bool head_vietnamese(struct span text);
const char *head_lang(struct arena *a, const struct meta *m, const struct page_hints *h, struct span text);
size_t head_word_count(struct span s); /* at most 64 */
/* Letters and digits of both, case of ASCII ignored: how much of the shorter one's words the other has, 0
 * to 1. */
float head_likeness(struct span a, struct span b);

#endif
