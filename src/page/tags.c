/* tags: see tags.h. */
#include "page/tags.h"

#include <string.h>

#include "base/banned.h"

static const struct {
	const char *name;
	enum view_tag tag;
} tags[] = {{"a", VIEW_A}, {"abbr", VIEW_INLINE}, {"acronym", VIEW_INLINE}, {"amp-ad", VIEW_SKIP},
	{"amp-consent", VIEW_SKIP}, {"amp-embed", VIEW_SKIP}, {"amp-img", VIEW_IMG},
	{"amp-sidebar", VIEW_NAV}, {"amp-sticky-ad", VIEW_SKIP}, {"article", VIEW_ARTICLE},
	{"aside", VIEW_ASIDE}, {"audio", VIEW_SKIP}, {"b", VIEW_INLINE}, {"bdi", VIEW_INLINE},
	{"bdo", VIEW_INLINE}, {"big", VIEW_INLINE}, {"blockquote", VIEW_BLOCKQUOTE}, {"body", VIEW_BODY},
	{"br", VIEW_BR}, {"button", VIEW_BUTTON}, {"canvas", VIEW_SKIP}, {"caption", VIEW_FIGCAPTION},
	{"center", VIEW_DIV}, {"cite", VIEW_INLINE}, {"code", VIEW_INLINE}, {"data", VIEW_INLINE},
	{"datalist", VIEW_SKIP}, {"dd", VIEW_LI}, {"del", VIEW_SKIP}, {"dfn", VIEW_INLINE},
	{"dialog", VIEW_FORM}, {"div", VIEW_DIV}, {"dl", VIEW_LIST}, {"dt", VIEW_LI}, {"em", VIEW_INLINE},
	{"embed", VIEW_SKIP}, {"figcaption", VIEW_FIGCAPTION}, {"figure", VIEW_FIGURE}, {"font", VIEW_INLINE},
	{"footer", VIEW_FOOTER}, {"form", VIEW_FORM}, {"h1", VIEW_H1}, {"h2", VIEW_HEADING},
	{"h3", VIEW_HEADING}, {"h4", VIEW_HEADING}, {"h5", VIEW_HEADING}, {"h6", VIEW_HEADING},
	{"head", VIEW_HEAD}, {"header", VIEW_HEADER}, {"i", VIEW_INLINE}, {"iframe", VIEW_SKIP},
	{"img", VIEW_IMG}, {"input", VIEW_SKIP}, {"ins", VIEW_INLINE}, {"kbd", VIEW_INLINE},
	{"label", VIEW_INLINE}, {"li", VIEW_LI}, {"main", VIEW_MAIN}, {"map", VIEW_SKIP},
	{"mark", VIEW_INLINE}, {"nav", VIEW_NAV}, {"nobr", VIEW_INLINE}, {"noscript", VIEW_SKIP},
	{"object", VIEW_SKIP}, {"ol", VIEW_LIST}, {"p", VIEW_P}, {"picture", VIEW_INLINE}, {"pre", VIEW_P},
	{"q", VIEW_INLINE}, {"rp", VIEW_SKIP}, {"rt", VIEW_SKIP}, {"ruby", VIEW_INLINE}, {"s", VIEW_INLINE},
	{"samp", VIEW_INLINE}, {"script", VIEW_SKIP}, {"section", VIEW_SECTION}, {"select", VIEW_SKIP},
	{"small", VIEW_INLINE}, {"span", VIEW_INLINE}, {"strike", VIEW_INLINE}, {"strong", VIEW_INLINE},
	{"style", VIEW_SKIP}, {"sub", VIEW_INLINE}, {"sup", VIEW_INLINE}, {"svg", VIEW_SKIP},
	{"table", VIEW_TABLE}, {"tbody", VIEW_OTHER}, {"td", VIEW_CELL}, {"textarea", VIEW_SKIP},
	{"th", VIEW_CELL}, {"time", VIEW_TIME}, {"tr", VIEW_P}, {"tt", VIEW_INLINE}, {"u", VIEW_INLINE},
	{"ul", VIEW_LIST}, {"var", VIEW_INLINE}, {"video", VIEW_SKIP}, {"wbr", VIEW_INLINE}};

enum view_tag tags_find(struct span name)
{
	size_t lo = 0, hi = sizeof tags / sizeof *tags;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2, n = strlen(tags[mid].name);
		int c = memcmp(name.p, tags[mid].name, name.n < n ? name.n : n);
		c = c ? c : (name.n > n) - (name.n < n);
		if (c == 0)
			return tags[mid].tag;
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return VIEW_OTHER;
}

/* Does the style give `property` the `value`, with or without blanks around the colon? */
static bool style_has(struct span style, const char *property, const char *value)
{
	size_t n = strlen(property);
	for (size_t at = 0; (at = span_find_ci(style, property, at)) != SIZE_MAX; at += n) {
		struct span rest = span_trim(span_cut(style, at + n, style.n));
		if (rest.n && rest.p[0] == ':' && span_starts_ci(span_trim(span_cut(rest, 1, rest.n)), value))
			return true;
	}
	return false;
}

static bool style_hides(struct span style)
{
	return style_has(style, "display", "none") || style_has(style, "visibility", "hidden");
}

static unsigned flags_of_role(struct span role)
{
	static const char *const boxes[] = {"navigation", "banner", "contentinfo", "complementary", "search",
		"dialog", "alertdialog", "menu", "menubar", "toolbar", "tablist"};
	for (size_t i = 0; role.n && i < sizeof boxes / sizeof *boxes; i++)
		if (span_is_ci(role, boxes[i]))
			return VIEW_IS_BOX;
	return 0;
}

static unsigned flags_of_itemprop(struct span prop)
{
	if (span_find_ci(prop, "articleBody", 0) != SIZE_MAX)
		return VIEW_IS_BODY;
	if (span_is_ci(prop, "headline"))
		return WORD_TITLE;
	if (span_is_ci(prop, "author") || span_is_ci(prop, "creator"))
		return WORD_META | WORD_AUTHOR;
	if (span_find_ci(prop, "datePublished", 0) != SIZE_MAX)
		return WORD_META | WORD_DATE;
	return span_is_ci(prop, "description") ? WORD_LEAD : 0;
}

static unsigned flags_of_attrs(struct words *words, const struct node *n)
{
	unsigned flags = 0;
	for (size_t i = 0; i < n->n_attrs; i++) {
		struct span name = n->attrs[i].name, value = n->attrs[i].value;
		if (span_is(name, "class") || span_is(name, "id") || span_is(name, "data-component") ||
			span_is(name, "data-testid"))
			flags |= words_of(words, value);
		else if (span_is(name, "aria-labelledby"))
			flags |= words_of(words, value) & (WORD_META | WORD_AUTHOR);
		else if (span_is(name, "style"))
			flags |= style_hides(value) ? VIEW_IS_HIDDEN : 0;
		else if (span_is(name, "hidden"))
			flags |= VIEW_IS_HIDDEN;
		else if (span_is(name, "role"))
			flags |= flags_of_role(value);
		else if (span_is(name, "itemprop") || span_is(name, "property"))
			flags |= flags_of_itemprop(value);
		else if (span_is(name, "size") && node_is(n, "font"))
			flags |= value.n && strchr("456+", value.p[0]) ? WORD_TITLE : 0;
		else if (span_is(name, "aria-hidden") && span_is(value, "true"))
			flags |= VIEW_IS_HIDDEN;
	}
	return flags;
}

static const unsigned tag_flags[] = {[VIEW_NAV] = VIEW_IS_BOX,
	[VIEW_FOOTER] = VIEW_IS_BOX,
	[VIEW_ASIDE] = VIEW_IS_BOX,
	[VIEW_FORM] = VIEW_IS_BOX,
	[VIEW_FIGURE] = VIEW_IN_FIGURE,
	[VIEW_FIGCAPTION] = VIEW_IN_FIGURE,
	[VIEW_LIST] = VIEW_IN_LIST,
	[VIEW_TABLE] = VIEW_IN_TABLE,
	[VIEW_BLOCKQUOTE] = VIEW_IN_QUOTE,
	[VIEW_ARTICLE] = VIEW_IN_ARTICLE,
	[VIEW_MAIN] = VIEW_IN_MAIN,
	[VIEW_HEADER] = VIEW_IN_HEAD,
	[VIEW_TIME] = 0};

unsigned tags_flags(struct words *words, const struct node *n, enum view_tag tag)
{
	return flags_of_attrs(words, n) | tag_flags[tag];
}

bool tags_set_right(const struct node *n)
{
	return style_has(node_attr(n, "style"), "text-align", "right") ||
	       span_is_ci(node_attr(n, "align"), "right");
}
