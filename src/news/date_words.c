/* date_words: see date_words.h. */
#include "news/date_words.h"

#include <string.h>

#include "base/banned.h"

/* The names of a month in the languages of our sources; a word of three letters or more that begins one of
 * them means it. Scripts of three bytes a letter (Thai, Lao, Khmer, Burmese, Devanagari) run words together:
 * there the whole name may stand anywhere in the word. */
static const char *const months[12][40] = {
	{"january", "janvier", "enero", "janeiro", "januar", "jänner", "gennaio", "январь", "января",
		"มกราคม", "ιαν", "styczeń", "stycznia", "leden", "ledna", "ocak", "ianuarie", "tammikuu",
		"يناير", "جانفي", "січня", "jaanuar", "janvāris", "sausio", "ιανουαρίου", "जनवरी", "ינואר",
		"ມັງກອນ", "មករា", "ဇန်နဝါရီ", "ιανουάριος", NULL},
	{"february", "février", "fevrier", "febrero", "fevereiro", "februar", "febbraio", "февраль",
		"февраля", "กุมภาพันธ์", "peb", "φεβ", "luty", "lutego", "únor", "února", "şubat", "februarie",
		"helmikuu", "شباط", "فبراير", "فيفري", "лютого", "veebruar", "vasario", "φεβρουαρίου",
		"फरवरी", "פברואר", "ກຸມພາ", "កុម្ភៈ", "កុម្ភះ", "គុម្ភៈ", "ဖေဖော်ဝါရီ", "φεβρουάριος", NULL},
	{"march", "mars", "marts", "marzo", "março", "marco", "märz", "maart", "mrt", "maret", "март",
		"марта", "มีนาคม", "μαρ", "marzec", "marca", "březen", "března", "mart", "martie", "maaliskuu",
		"március", "آذار", "مارس", "березня", "märts", "kovo", "μαρτίου", "मार्च", "מרץ", "ມີນາ", "មីនា",
		"မတ်လ", "μάρ", "μάρτιος", NULL},
	{"april", "avril", "abril", "aprile", "апрель", "апреля", "เมษายน", "απρ", "kwiecień", "kwietnia",
		"duben", "dubna", "nisan", "aprilie", "huhtikuu", "április", "نيسان", "أبريل", "ابريل",
		"квітня", "aprill", "balandžio", "απριλίου", "अप्रैल", "אפריל", "ເມສາ", "មេសា", "ဧပြီ",
		"απρίλιος", NULL},
	{"may", "mai", "mayo", "maio", "maggio", "mei", "май", "мая", "พฤษภาคม", "μαϊ", "μάι", "maj", "maja",
		"květen", "května", "mayıs", "toukokuu", "május", "أيار", "مايو", "травня", "gegužės",
		"μαΐου", "मई", "מאי", "ພຶດສະພາ", "ឧសភា", "မေလ", "μάιος", "μαΐ", NULL},
	{"june", "juin", "junio", "junho", "juni", "giugno", "июнь", "июня", "มิถุนายน", "ιουν", "czerwiec",
		"czerwca", "červen", "června", "haziran", "iunie", "kesäkuu", "június", "حزيران", "يونيو",
		"червня", "birželio", "ιουνίου", "जून", "יוני", "ມິຖຸນາ", "មិថុនា", "ဇွန်", "ιούνιος", "ιον", NULL},
	{"july", "juillet", "julio", "julho", "juli", "luglio", "июль", "июля", "กรกฎาคม", "július", "ιουλ",
		"lipiec", "lipca", "červenec", "července", "temmuz", "iulie", "heinäkuu", "تموز", "يوليو",
		"липня", "liepos", "ιουλίου", "जुलाई", "יולי", "ກໍລະກົດ", "ກຳລະກົດ", "កក្កដា", "ဇူလိုင်", "ιούλιος",
		"ιολ", NULL},
	{"august", "août", "aout", "agosto", "agustus", "agt", "ogos", "augustus", "август", "августа",
		"สิงหาคม", "αυγ", "sierpień", "sierpnia", "srpen", "srpna", "ağustos", "elokuu", "augusztus",
		"آب", "أغسطس", "серпня", "rugpjūčio", "αυγούστου", "अगस्त", "אוגוסט", "ສິງຫາ", "សីហា", "ဩဂုတ်",
		"သြဂုတ်", "αύγουστος", NULL},
	{"september", "septembre", "septiembre", "setembro", "settembre", "сентябрь", "сентября", "กันยายน",
		"σεπ", "wrzesień", "września", "září", "eylül", "septembrie", "syyskuu", "szeptember",
		"أيلول", "سبتمبر", "вересня", "rugsėjo", "σεπτεμβρίου", "सितंबर", "ספטמבר", "ກັນຍາ", "កញ្ញា",
		"စက်တင်ဘာ", "σεπτέμβριος", NULL},
	{"october", "octobre", "octubre", "outubro", "oktober", "ottobre", "октябрь", "октября", "ตุลาคม",
		"οκτ", "październik", "października", "říjen", "října", "ekim", "octombrie", "lokakuu",
		"október", "أكتوبر", "اكتوبر", "жовтня", "spalio", "οκτωβρίου", "अक्टूबर", "אוקטובר", "ຕຸລາ",
		"តុលា", "အောက်တိုဘာ", "οκτώβριος", NULL},
	{"november", "novembre", "noviembre", "novembro", "nopember", "ноябрь", "ноября", "พฤศจิกายน", "νοε",
		"noiembrie", "marraskuu", "kasım", "نوفمبر", "листопада", "lapkričio", "νοεμβρίου", "नवंबर",
		"נובמבר", "listopad", "listopada", "listopadu", "ພະຈິກ", "វិច្ឆិកា", "နိုဝင်ဘာ", "νοέμβριος", NULL},
	{"december", "décembre", "decembre", "diciembre", "dezembro", "dezember", "dicembre", "disember",
		"desember", "декабрь", "декабря", "ธันวาคม", "δεκ", "grudzień", "grudnia", "prosinec",
		"prosince", "aralık", "decembrie", "joulukuu", "ديسمبر", "грудня", "gruodžio", "δεκεμβρίου",
		"दिसंबर", "דצמבר", "ທັນວາ", "ធ្នូ", "ဒီဇင်ဘာ", "δεκέμβριος", NULL},
};

struct offset_name {
	const char *name;
	int minutes;
};

/* clang-format off */
static const struct offset_name zones[] = {
	{"z", 0}, {"ut", 0}, {"utc", 0}, {"gmt", 0}, {"wet", 0}, {"est", -300}, {"edt", -240},
	{"cst", -360}, {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420},
	{"akst", -540}, {"akdt", -480}, {"hst", -600}, {"ast", -240}, {"adt", -180}, {"brt", -180},
	{"art", -180}, {"bst", 60}, {"ist", 330}, {"west", 60}, {"cet", 60}, {"met", 60}, {"cest", 120},
	{"mest", 120}, {"eet", 120}, {"sast", 120}, {"eest", 180}, {"msk", 180}, {"msd", 240},
	{"pkt", 300}, {"mmt", 390}, {"ict", 420}, {"wib", 420}, {"sgt", 480}, {"hkt", 480}, {"pht", 480},
	{"myt", 480}, {"wita", 480}, {"awst", 480}, {"jst", 540}, {"kst", 540}, {"wit", 540},
	{"acst", 570}, {"aest", 600}, {"acdt", 630}, {"aedt", 660}, {"nzst", 720}, {"nzdt", 780},
};
/* clang-format on */

/* Summer and winter alike; words of other languages too, so that they are asked for behind a time alone. */
static const struct offset_name short_zones[] = {{"et", -300}, {"ct", -360}, {"mt", -420}, {"pt", -480}};

/* Countries of our sources that keep one zone all the year: a date without a zone is in it. */
/* clang-format off */
static const struct offset_name homes[] = {
	{"VN", 420}, {"LA", 420}, {"KH", 420}, {"TH", 420}, {"ID", 420}, {"CN", 480}, {"TW", 480},
	{"HK", 480}, {"MO", 480}, {"SG", 480}, {"MY", 480}, {"PH", 480}, {"BN", 480}, {"JP", 540},
	{"KR", 540}, {"KP", 540}, {"MM", 390}, {"BD", 360}, {"IN", 330}, {"LK", 330}, {"NP", 345},
	{"PK", 300}, {"AE", 240}, {"QA", 180}, {"SA", 180}, {"RU", 180}, {"BY", 180}, {"TR", 180},
	{"NG", 60}, {"ZA", 120}, {"KE", 180}, {"AR", -180}, {"BR", -180}, {"IS", 0},
};
/* clang-format on */

int date_thai_month(struct span s, size_t *n)
{
	static const char *const names[][12] = {{"ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.",
							"ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."},
		{"มค.", "กพ.", "มีค.", "เมย.", "พค.", "มิย.", "กค.", "สค.", "กย.", "ตค.", "พย.", "ธค."}};
	*n = 0;
	for (int m = 0; s.n && (unsigned char)s.p[0] == 0xE0 && m < 24; m++)
		if (span_starts(s, names[m / 12][m % 12])) {
			*n = strlen(names[m / 12][m % 12]);
			return m % 12 + 1;
		}
	return 0;
}

int date_month(struct span w)
{
	if (span_starts(w, "\xD7\x91")) /* Hebrew "in" */
		w = span_cut(w, 2, w.n);
	if (w.n < 3 || span_is(w, "list")) /* a word of too many texts to be short for "listopad" */
		return 0;
	bool joined = (unsigned char)w.p[0] >= 0xE0;
	for (int m = 0; m < 12; m++)
		for (const char *const *name = months[m]; *name; name++)
			if (joined ? span_find(w, span_of(*name), 0) != SIZE_MAX
				   : **name == w.p[0] && w.n <= strlen(*name) && memcmp(*name, w.p, w.n) == 0)
				return m + 1;
	return 0;
}

int date_weekday(struct span w)
{
	static const char *const days[] = {
		"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
	for (int d = 0; w.n >= 3 && d < 7; d++)
		if (w.n <= strlen(days[d]) && memcmp(days[d], w.p, w.n) == 0)
			return d;
	return -1;
}

static int minutes_of(struct span name, const struct offset_name *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (span_is_ci(name, list[i].name))
			return list[i].minutes;
	return DATE_NO_ZONE;
}

int date_zone(struct span w)
{
	return minutes_of(w, zones, sizeof zones / sizeof *zones);
}

int date_zone_short(struct span w)
{
	return minutes_of(w, short_zones, sizeof short_zones / sizeof *short_zones);
}

int date_home_zone(const char *country)
{
	return minutes_of(span_of(country), homes, sizeof homes / sizeof *homes);
}
