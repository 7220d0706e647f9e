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
