/* format: numbers, times and names of things as the reader's language has them. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/cli.h"

#include "base/banned.h"

enum { OFFICE_ZONE = 420 }; /* minutes east of UTC: Vietnam */

static int zone(const struct cli *c)
{
	return c->has_settings ? (int)c->settings.zone_minutes : OFFICE_ZONE;
}

void show_number(const struct cli *c, int64_t v, struct str *out)
{
	char digits[32];
	int n = snprintf(digits, sizeof digits, "%lld", (long long)v);
	char sep = strcmp(c->lang, "vi") == 0 ? '.' : ',';
	for (int i = 0; i < n; i++) {
		int left = n - i;
		if (i > 0 && left % 3 == 0 && digits[i - 1] != '-')
			str_addc(out, sep);
		str_addc(out, digits[i]);
	}
}

void show_time(const struct cli *c, int64_t at, struct str *out)
{
	struct civil t = civil_from(at, zone(c));
	if (strcmp(c->lang, "vi") == 0)
		str_addf(out, "%02d/%02d/%d %02d:%02d", t.day, t.month, (int)t.year, t.hour, t.minute);
	else
		str_addf(out, "%04d-%02d-%02d %02d:%02d", (int)t.year, t.month, t.day, t.hour, t.minute);
}

void show_left(const struct cli *c, int64_t seconds, struct str *out)
{
	bool over = seconds < 0;
	int64_t s = over ? -seconds : seconds;
	char n[24];
	const char *text;
	(void)c;
	if (s >= 2 * 86400) {
		snprintf(n, sizeof n, "%lld", (long long)(s / 86400));
		text = over ? N_("%1 d over") : N_("%1 d left");
	} else if (s >= 3600) {
		snprintf(n, sizeof n, "%lld", (long long)(s / 3600));
		text = over ? N_("%1 h over") : N_("%1 h left");
	} else {
		snprintf(n, sizeof n, "%lld", (long long)(s / 60));
		text = over ? N_("%1 min over") : N_("%1 min left");
	}
	err_format(out, _(text), n, NULL);
}

struct name {
	const char *id, *text;
};

static const char *named(const char *id, const struct name *list, size_t n)
{
	for (size_t i = 0; id && i < n; i++)
		if (strcmp(id, list[i].id) == 0)
			return _(list[i].text);
	return id ? id : "";
}

const char *show_action(const char *action)
{
	static const struct name list[] = {{"monitor", N_("monitor")}, {"explain", N_("explain")}, {"clarify", N_("clarify")},
		{"rebut", N_("rebut")}, {"refer", N_("refer")}};
	return named(action, list, sizeof list / sizeof *list);
}

const char *show_topic(const char *topic)
{
	static const struct name list[] = {{"thien-tai", N_("natural disaster")}, {"dich-benh", N_("disease")},
		{"thuc-pham", N_("food and produce")}, {"sap-nhap", N_("mergers and boundaries")},
		{"gia-mao", N_("forged documents")}, {"dat-dai", N_("land and planning")}, {"dau-tu", N_("investment")},
		{"lua-dao", N_("scams")}, {"du-lich", N_("tourism")}, {"chu-quyen", N_("sovereignty")},
		{"anh-cu", N_("old or foreign pictures")}, {"an-ninh", N_("crime scares")},
		{"moi-truong", N_("environment")}, {"ky-bi", N_("wonders and superstition")},
		{"phan-anh", N_("complaints")}, {"quan-tam", N_("what readers ask")}};
	return named(topic, list, sizeof list / sizeof *list);
}

const char *show_state(const char *state)
{
	static const struct name list[] = {{"new", N_("new")}, {"taken", N_("taken")}, {"answered", N_("answered")},
		{"dismissed", N_("dismissed")}, {"referred", N_("referred")}};
	return named(state, list, sizeof list / sizeof *list);
}
