/* label: words for what the program stores as ids, and numbers as a language writes them. Texts are marked
 * here and translated by whoever prints them. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "digest/digest.h"

#include "base/banned.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

struct name {
	const char *id, *text;
};

static const char *named(const char *id, const struct name *list, size_t n)
{
	for (size_t i = 0; id && i < n; i++)
		if (strcmp(id, list[i].id) == 0)
			return list[i].text;
	return id ? id : "";
}

const char *label_action(const char *action)
{
	static const struct name list[] = {{"monitor", N_("monitor")}, {"explain", N_("explain")},
		{"clarify", N_("clarify")}, {"rebut", N_("rebut")}, {"refer", N_("refer")}};
	return named(action, list, sizeof list / sizeof *list);
}

const char *label_topic(const char *topic)
{
	static const struct name list[] = {{"thien-tai", N_("natural disaster")},
		{"dich-benh", N_("disease")}, {"thuc-pham", N_("food and produce")},
		{"sap-nhap", N_("mergers and boundaries")}, {"gia-mao", N_("forged documents")},
		{"dat-dai", N_("land and planning")}, {"dau-tu", N_("investment")}, {"lua-dao", N_("scams")},
		{"du-lich", N_("tourism")}, {"chu-quyen", N_("sovereignty")},
		{"anh-cu", N_("old or foreign pictures")}, {"an-ninh", N_("crime scares")},
		{"moi-truong", N_("environment")}, {"ky-bi", N_("wonders and superstition")},
		{"phan-anh", N_("complaints")}, {"quan-tam", N_("what readers ask")}};
	return named(topic, list, sizeof list / sizeof *list);
}

const char *label_state(const char *state)
{
	static const struct name list[] = {{"new", N_("new")}, {"taken", N_("taken")},
		{"answered", N_("answered")}, {"dismissed", N_("dismissed")}, {"referred", N_("referred")}};
	return named(state, list, sizeof list / sizeof *list);
}

const char *label_claim(const char *label)
{
	static const struct name list[] = {{"fake", N_("fake news")}, {"false", N_("false")},
		{"verified", N_("verified")}, {"corrected", N_("corrected")}};
	return named(label, list, sizeof list / sizeof *list);
}

const char *label_left(int64_t seconds, int64_t *n)
{
	bool over = seconds < 0;
	int64_t s = over ? -seconds : seconds;
	if (s >= 2 * DAY) {
		*n = s / DAY;
		return over ? N_("%1 d over") : N_("%1 d left");
	}
	if (s >= HOUR) {
		*n = s / HOUR;
		return over ? N_("%1 h over") : N_("%1 h left");
	}
	*n = s / MINUTE;
	return over ? N_("%1 min over") : N_("%1 min left");
}

void label_number(const char *lang, int64_t v, struct str *out)
{
	char digits[32];
	int n = snprintf(digits, sizeof digits, "%lld", (long long)v);
	char sep = lang && strcmp(lang, "vi") == 0 ? '.' : ',';
	for (int i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0 && digits[i - 1] != '-')
			str_addc(out, sep);
		str_addc(out, digits[i]);
	}
}
