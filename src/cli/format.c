/* format: numbers, times and names of things as the reader's language has them. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/cli.h"
#include "digest/digest.h"

#include "base/banned.h"

enum { OFFICE_ZONE = 420 }; /* minutes east of UTC: Vietnam */

static int zone(const struct cli *c)
{
	return c->has_settings ? (int)c->settings.zone_minutes : OFFICE_ZONE;
}

void show_number(const struct cli *c, int64_t v, struct str *out)
{
	label_number(c->lang, v, out);
}

void show_time(const struct cli *c, int64_t at, struct str *out)
{
	struct civil t = civil_from(at, zone(c));
	if (strcmp(c->lang, "vi") == 0)
		str_addf(out, "%02d/%02d/%d %02d:%02d", t.day, t.month, (int)t.year, t.hour, t.minute);
	else
		str_addf(out, "%04d-%02d-%02d %02d:%02d", (int)t.year, t.month, t.day, t.hour, t.minute);
}

static bool numbers(struct span s, char sep, int64_t *out, size_t n)
{
	struct span part;
	size_t got = 0;
	while (span_next(&s, sep, &part))
		if (got == n || !span_to_int64(part, &out[got++]))
			return false;
	return got == n;
}

bool read_shown(const struct cli *c, struct span s, int64_t *at, bool *day_alone)
{
	struct civil t = {0};
	struct span day = s, hour = {0};
	int64_t d[3], h[2] = {0};
	size_t blank = span_find_byte(s, ' ', 0);
	*day_alone = blank == SIZE_MAX;
	if (!*day_alone) {
		day = span_cut(s, 0, blank);
		hour = span_trim(span_cut(s, blank, s.n));
	}
	bool slashes = span_find_byte(day, '/', 0) != SIZE_MAX;
	if (!numbers(day, slashes ? '/' : '-', d, 3) || (hour.n && !numbers(hour, ':', h, 2)))
		return false;
	t.year = slashes ? d[2] : d[0];
	t.month = (int)d[1];
	t.day = (int)(slashes ? d[0] : d[2]);
	t.hour = (int)h[0];
	t.minute = (int)h[1];
	if (t.year < 1970 || t.year > 9999 || !civil_valid(&t))
		return false;
	*at = civil_to_seconds(&t, zone(c));
	return true;
}

void show_stamp(const struct cli *c, struct stamp s, struct str *out)
{
	int64_t own = s.at + (s.date_only || !s.zone_known ? (int64_t)(s.zone - zone(c)) * 60 : 0);
	show_time(c, own, out);
	if (s.date_only) /* without the hour */
		str_truncate(out, out->n - strlen(" 00:00"));
}

void show_left(const struct cli *c, int64_t seconds, struct str *out)
{
	char count[24];
	int64_t n;
	const char *text = label_left(seconds, &n);
	(void)c;
	snprintf(count, sizeof count, "%lld", (long long)n);
	err_format(out, _(text), count, NULL);
}

/* gettext("") is the catalogue's header. */
static const char *translated(const char *text)
{
	return *text ? _(text) : "";
}

const char *show_action(const char *action)
{
	return translated(label_action(action));
}

const char *show_topic(const char *topic)
{
	return translated(label_topic(topic));
}

const char *show_state(const char *state)
{
	return translated(label_state(state));
}
