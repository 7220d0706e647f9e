/* country: whose time a page's hours are in, when the source does not say. Within page/ only. */
#ifndef PAGE_COUNTRY_H
#define PAGE_COUNTRY_H

#include "base/span.h"

/* ISO 3166-1, NULL where nobody can be sure. lang: of the page ("ko-KR", "zh"); locale: as cards for other
 * sites are told it ("ko_KR"); host: of its address. Each may be empty. */
const char *country_of(struct span lang, struct span locale, struct span host);

#endif
