/* words: see words.h. A class is looked at as one string of its words run together, with the places marked
 * where a word began, so that "tin-lien-quan", "tinLienQuan" and "tinlienquan" are one. The first character
 * of an entry says how it must stand: '!' alone, '=' as a whole word (or several), '^' at the beginning of a
 * word, '*' anywhere. No entry names a site; each is a word that page authors use. */
#include "page/words.h"

#include <string.h>

#include "base/banned.h"

enum {
	NAME_BYTES = 64,
	RANDOM_RUNS = 3,
	BOX = WORD_BOX,
	META = WORD_META,
	KIND = WORD_KIND,
	BODY = WORD_BODY,
	LEAD = WORD_LEAD
};

/* Sorted by the letter behind the mark. */
static const struct {
	const char *word;
	unsigned flags;
} table[] = {{"=abo", BOX}, {"^abonn", BOX}, {"^abstract", LEAD}, {"=ad", BOX}, {"=ads", BOX}, {"=adv", BOX},
	{"^adslot", BOX}, {"^advert", BOX}, {"^affiliate", BOX}, {"=aside", BOX}, {"^anzeige", BOX},
	{"=article", KIND}, {"^articlebody", KIND | BODY}, {"^articleheader", WORD_TITLE},
	{"=articolo", KIND}, {"=artikel", KIND}, {"=articulo", KIND}, {"^author", META | WORD_AUTHOR},
	{"^autor", META | WORD_AUTHOR}, {"^auteur", META | WORD_AUTHOR}, {"*authorbio", BOX},
	{"*authorbox", BOX}, {"*authorinfo", BOX | META}, {"*aboutauthor", BOX}, {"*abouttheauthor", BOX},
	{"=banner", BOX}, {"=beitrag", KIND}, {"*bildunterschrift", WORD_CAPTION},
	{"^binhluan", BOX | WORD_COMMENT}, {"=bio", BOX}, {"=blog", KIND}, {"=body", BODY},
	{"^bodytext", BODY | KIND}, {"*breadcrumb", BOX}, {"^byline", META | WORD_AUTHOR},
	{"*boxrelate", BOX}, {"*boxtin", BOX}, {"=bookmark", BOX}, {"=bajada", LEAD}, {"=button", BOX},
	{"=btn", BOX}, {"=buttons", BOX}, {"!cap", WORD_CAPTION}, {"^caption", WORD_CAPTION},
	{"*caption", WORD_CAPTION}, {"^carousel", BOX}, {"=category", META}, {"=categories", META},
	{"=cat", META}, {"=chapo", LEAD}, {"=chapeau", LEAD}, {"*chitiet", KIND}, {"*chuthich", WORD_CAPTION},
	{"*chuyenmuc", BOX}, {"=comments", BOX | WORD_COMMENT}, {"=comment", BOX | WORD_COMMENT},
	{"=commentlist", BOX | WORD_COMMENT}, {"^commentaire", BOX | WORD_COMMENT},
	{"^comentario", BOX | WORD_COMMENT}, {"^consent", BOX | WORD_CONSENT}, {"=content", BODY},
	{"=contents", BODY}, {"=contenido", BODY}, {"=contenu", BODY}, {"^cookie", BOX | WORD_CONSENT},
	{"*cookiebanner", BOX | WORD_CONSENT}, {"*cookienotice", BOX | WORD_CONSENT}, {"=copy", BODY},
	{"*copyright", BOX}, {"=corpo", BODY}, {"=cuerpo", BODY}, {"=credit", WORD_CAPTION | META},
	{"=credits", WORD_CAPTION | META}, {"^compartir", BOX}, {"=crosslink", BOX}, {"=cta", BOX},
	{"*calltoaction", BOX}, {"=date", META | WORD_DATE}, {"=datetime", META | WORD_DATE},
	{"*dateline", META | WORD_DATE}, {"=datum", META | WORD_DATE}, {"*datepublished", META | WORD_DATE},
	{"=dek", LEAD}, {"=deck", LEAD}, {"=description", LEAD}, {"=desc", LEAD}, {"=detail", KIND},
	{"=details", KIND}, {"=dialog", BOX}, {"^disqus", BOX | WORD_COMMENT}, {"*docthem", BOX},
	{"=donate", BOX}, {"^donation", BOX}, {"=disclaimer", BOX}, {"!dnone", WORD_HIDDEN},
	{"*displaynone", WORD_HIDDEN}, {"=downloads", BOX}, {"^empfehlung", BOX}, {"*encart", BOX},
	{"=entradilla", LEAD}, {"=entry", KIND}, {"=excerpt", LEAD}, {"=eyebrow", META}, {"^evergage", BOX},
	{"^explore", BOX}, {"=expandable", BOX}, {"*factbox", BOX}, {"=fck", KIND | BODY},
	{"*figcaption", WORD_CAPTION}, {"=figure", WORD_CAPTION}, {"=follow", BOX}, {"=followus", BOX},
	{"^footer", BOX}, {"=foot", BOX}, {"=form", BOX}, {"=forms", BOX}, {"^formular", BOX},
	{"=feedback", BOX}, {"^flyout", BOX}, {"=fullstory", KIND | BODY}, {"^gdpr", BOX | WORD_CONSENT},
	{"^googlenews", BOX}, {"*headline", WORD_TITLE}, {"=hentry", KIND}, {"!hidden", WORD_HIDDEN},
	{"!hide", WORD_HIDDEN}, {"=iconbar", BOX}, {"*infobox", BOX}, {"=inhalt", BODY},
	{"*imgdesc", WORD_CAPTION}, {"*imagedesc", WORD_CAPTION}, {"=intro", LEAD}, {"=introduction", LEAD},
	{"=ingress", LEAD}, {"!invisible", WORD_HIDDEN}, {"*inlinerelated", BOX}, {"=jump", BOX},
	{"=joinus", BOX}, {"=keywords", BOX}, {"^kommentar", BOX | WORD_COMMENT}, {"=kicker", META},
	{"=latest", BOX}, {"*latestnews", BOX}, {"=lead", LEAD}, {"=lede", LEAD}, {"*lienquan", BOX},
	{"^login", BOX}, {"=legend", WORD_CAPTION}, {"=leadtext", LEAD}, {"=linklist", BOX}, {"=links", BOX},
	{"=listing", WORD_TEASER}, {"^livefyre", BOX | WORD_COMMENT}, {"=main", BODY}, {"*maincontent", BODY},
	{"=menu", BOX}, {"=meta", META}, {"=metadata", META}, {"=mehr", BOX}, {"^modal", BOX},
	{"*mostread", BOX}, {"*mostpopular", BOX}, {"*mostviewed", BOX}, {"=more", BOX}, {"*morefrom", BOX},
	{"*morenews", BOX}, {"*morestories", BOX}, {"*morearticles", BOX}, {"*moreon", BOX}, {"=mota", LEAD},
	{"=marketing", BOX}, {"=membership", BOX}, {"=nav", BOX}, {"^navbar", BOX}, {"^navi", BOX},
	{"=news", KIND}, {"*newsletter", BOX}, {"=next", BOX}, {"*nextarticle", BOX},
	{"*noidung", BODY | KIND}, {"*noibat", BOX}, {"=nguon", META}, {"=ngaydang", META | WORD_DATE},
	{"=noprint", BOX}, {"*nextprev", BOX}, {"^notification", BOX}, {"^outbrain", BOX}, {"^overlay", BOX},
	{"*onetrust", BOX | WORD_CONSENT}, {"^pagination", BOX}, {"=pictext", WORD_CAPTION},
	{"=picinfo", WORD_CAPTION}, {"=picdesc", WORD_CAPTION}, {"=pager", BOX}, {"^paging", BOX},
	{"=paragraph", BODY}, {"=partage", BOX}, {"^piano", BOX}, {"=pinit", BOX}, {"=poll", BOX},
	{"*popular", BOX}, {"^popup", BOX}, {"=post", KIND}, {"=postdate", META | WORD_DATE}, {"=pswp", BOX},
	{"=print", BOX}, {"^promo", BOX}, {"*published", META | WORD_DATE}, {"*pubdate", META | WORD_DATE},
	{"^publicid", BOX}, {"*publicite", BOX}, {"=prose", BODY}, {"=player", BOX}, {"*photogallery", BOX},
	{"=playlist", BOX}, {"=photocredit", WORD_CAPTION}, {"^preferred", BOX}, {"*quangcao", BOX},
	{"=quiz", BOX}, {"=rating", BOX}, {"*readmore", BOX}, {"*readalso", BOX}, {"*readnext", BOX},
	{"^recirc", BOX}, {"*recommend", BOX}, {"^reklam", BOX}, {"*related", BOX}, {"^relate", BOX},
	{"^relacionad", BOX}, {"=relations", BOX}, {"^register", BOX}, {"^registration", BOX},
	{"=reply", BOX | WORD_COMMENT}, {"=respond", BOX | WORD_COMMENT}, {"=richtext", BODY | KIND},
	{"=rte", BODY}, {"=rail", BOX}, {"=reaction", BOX}, {"=reactions", BOX}, {"*sapo", LEAD},
	{"*screenreader", WORD_HIDDEN}, {"=search", BOX}, {"*seealso", BOX}, {"^share", BOX},
	{"^sharing", BOX}, {"*sharebar", BOX}, {"^sidebar", BOX}, {"*sidebar", BOX}, {"*signup", BOX},
	{"*sitemap", BOX}, {"!skip", WORD_HIDDEN}, {"^social", BOX}, {"*socialshare", BOX}, {"^sponsor", BOX},
	{"!sronly", WORD_HIDDEN}, {"*standfirst", LEAD}, {"=story", KIND}, {"^storybody", KIND | BODY},
	{"*subhead", LEAD}, {"*subheadline", LEAD}, {"^subscri", BOX}, {"*subscribe", BOX},
	{"=subtitle", LEAD}, {"=subtit", LEAD}, {"=summary", LEAD}, {"=source", META}, {"=slider", BOX},
	{"=support", BOX}, {"^signin", BOX}, {"=sottotitolo", LEAD}, {"^swiper", BOX}, {"=stats", BOX},
	{"*suggested", BOX}, {"^taboola", BOX}, {"=tag", BOX}, {"=tags", BOX}, {"*taglist", BOX},
	{"=tagged", BOX}, {"*tacgia", META | WORD_AUTHOR}, {"=teaser", WORD_TEASER},
	{"=teasers", WORD_TEASER}, {"^teilen", BOX}, {"=text", BODY}, {"=texto", BODY},
	{"=timestamp", META | WORD_DATE}, {"=time", META | WORD_DATE}, {"*tinlienquan", BOX},
	{"*tinmoi", BOX}, {"*tinkhac", BOX}, {"*tincungchuyenmuc", BOX}, {"=title", WORD_TITLE},
	{"*tomtat", LEAD}, {"=toolbar", BOX}, {"=titsub", LEAD}, {"=tools", BOX}, {"=toolbox", BOX},
	{"=topics", BOX}, {"^trending", BOX}, {"*tukhoa", BOX}, {"!tooltip", WORD_HIDDEN}, {"*thamkhao", BOX},
	{"*tieude", WORD_TITLE}, {"=toc", BOX}, {"*tableofcontents", BOX}, {"=utility", BOX},
	{"=updated", META | WORD_DATE}, {"=upsell", BOX}, {"=util", BOX}, {"*visuallyhidden", WORD_HIDDEN},
	{"=vorspann", LEAD}, {"=vote", BOX}, {"^werbung", BOX}, {"^whatsapp", BOX}, {"=weitere", BOX},
	{"^weiterlesen", BOX}, {"=widget", BOX}, {"=wysiwyg", BODY | KIND}, {"*xemthem", BOX},
	{"=yarpp", BOX}};

static size_t slot(char c)
{
	return c >= 'a' && c <= 'z' ? (size_t)(c - 'a') : 26;
}

void words_init(struct words *w)
{
	size_t n = sizeof table / sizeof *table;
	*w = (struct words){0};
	for (size_t i = 0, c = 0; c < 26; c++) {
		w->from[c] = (uint16_t)i;
		while (i < n && slot(table[i].word[1]) == c)
			i++;
		w->from[c + 1] = (uint16_t)i;
	}
	w->from[27] = w->from[26]; /* no word begins with anything but a letter */
}

/* One name, run together: its letters and where its words begin (bit 1) and end (bit 2). */
struct name {
	char c[NAME_BYTES + 1];
	unsigned char limits[NAME_BYTES + 1];
	size_t n;
};

static bool lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static void run_together(struct span s, struct name *out)
{
	bool begin = true;
	unsigned runs = 0; /* of digits: three of them make a random id */
	out->n = 0;
	for (size_t i = 0; i < s.n && out->n < NAME_BYTES; i++) {
		char c = s.p[i];
		if (!lower(c) && !upper(c)) {
			begin = true;
			runs += c >= '0' && c <= '9' && (i == 0 || s.p[i - 1] < '0' || s.p[i - 1] > '9');
			if (c >= '0' && c <= '9' && out->n &&
				out->c[out->n - 1] != '0') { /* no word goes over digits */
				out->limits[out->n - 1] |= 2;
				out->limits[out->n] = 0;
				out->c[out->n++] = '0';
			}
			continue;
		}
		if (upper(c) && i && lower(s.p[i - 1]))
			begin = true;
		if (begin && out->n)
			out->limits[out->n - 1] |= 2;
		out->c[out->n] = (char)(c | 32);
		out->limits[out->n++] = begin ? 1 : 0;
		begin = false;
	}
	if (runs >= RANDOM_RUNS)
		out->n = 0;
	if (out->n)
		out->limits[out->n - 1] |= 2;
}

static unsigned flags_at(const struct words *w, const struct name *x, size_t at)
{
	unsigned flags = 0;
	size_t c = slot(x->c[at]);
	for (size_t i = w->from[c]; i < w->from[c + 1]; i++) {
		const char *word = table[i].word;
		if (word[0] != '*' && !(x->limits[at] & 1))
			continue;
		size_t n = strlen(word + 1);
		if (n > x->n - at || memcmp(word + 1, x->c + at, n) != 0)
			continue;
		if (word[0] == '!' ? at == 0 && n == x->n : word[0] != '=' || x->limits[at + n - 1] & 2)
			flags |= table[i].flags;
	}
	return flags;
}

unsigned words_of(struct words *w, struct span names)
{
	uint64_t h = 1469598103934665603u;
	for (size_t i = 0; i < names.n; i++)
		h = (h ^ (unsigned char)names.p[i]) * 1099511628211u;
	if (names.n == 0)
		return 0;
	unsigned k = h % (sizeof w->seen / sizeof *w->seen);
	if (w->seen[k].hash == h)
		return w->seen[k].flags;
	unsigned flags = 0;
	bool body = false;
	struct span rest = span_cut(names, 0, 1024), part;
	while (span_next(&rest, ' ', &part)) {
		struct name x;
		unsigned own = 0;
		if (span_starts(part, "tag-") || span_starts(part, "category-")) /* what it is about */
			continue;
		run_together(part, &x);
		for (size_t at = 0; at < x.n; at++)
			own |= flags_at(w, &x, at);
		body = body || (own & (KIND | BODY | BOX)) == (KIND | BODY);
		flags |= own;
	}
	if (body) /* "article-body searchTarget": the second says what is done with it */
		flags &= ~(unsigned)(BOX | WORD_COMMENT | WORD_CONSENT);
	w->seen[k].hash = h;
	w->seen[k].flags = flags;
	return flags;
}
