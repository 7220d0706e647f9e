/* names: what of a byline is a name. Within page/ only. */
#ifndef PAGE_NAMES_H
#define PAGE_NAMES_H

#include "page/meta.h"

/* The next of several names in *s, which loses it; false at the end. */
bool names_next(struct span *s, struct span *part);
/* The same for the parts of a line: "22.11.2026 - Text: Anna Wels". */
bool names_next_part(struct span *s, struct span *part);
/* Without "By", roles, brackets and marks around it. */
struct span names_clean(struct span s);
/* Of a person, a desk or an agency, going by its looks. */
bool names_is_name(struct span s);
/* "Báo Cà Mau", "ĐÀI PT-TH HÀ VÂN", "Cổng thông tin …": by the first words. */
bool names_is_medium(struct span s);
/* "云溪新闻网", "青葉新報", "새벽일보": short, and with the last word of a paper or station. */
bool names_ends_medium(struct span s);
/* Is it what the outlet calls itself, or any paper or station of that kind? */
bool names_is_outlet(struct span s, const struct meta *m, const char *host);
/* The name in the text of a link to an author's page, "Alle Beiträge von Anna Wels". */
struct span names_of_link(struct span s);
/* "홍가람 기자": a name and what people of a paper are, in signs. */
bool names_is_signed(struct span s);
/* "责任编辑：林青、何小满": those who worked on what others wrote. */
bool names_editors(struct span line);
/* Does it say what somebody is or where, "Tribune Staff Writer", "Valley Courier"? */
bool names_is_office(struct span s);
/* Does the line begin with "By" (in some language) or hold one before a name? Then what stands behind it;
 * empty when nothing does. */
bool names_begins_by(struct span line);
bool names_behind_by(struct span line, struct span *rest);

#endif
