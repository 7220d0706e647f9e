/* html_priv: what html.c (the document) and html_item.c (one item) share. */
#ifndef DIGEST_HTML_PRIV_H
#define DIGEST_HTML_PRIV_H

#include "digest/digest_priv.h"

#define SANS  "font-family:'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif;"
#define SERIF "font-family:Cambria,'Noto Serif','Times New Roman',serif;"
#define TABLE "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\""
#define INK   "#1b2430"
#define MUTED "#566170"
#define LINE  "#d9dfe6"
#define NAVY  "#12426b"
#define RED   "#a61b1b"
#define AMBER "#85480a"
#define BLUE  "#3f78a8" /* bars; seen on light and dark ground */

void html_esc(struct str *o, struct span s);
void html_word(const struct digest *d, struct str *o, const char *text); /* translated and escaped */
void html_take(struct str *o, struct str *s); /* escapes what words.c wrote and empties it */
void html_item(const struct digest *d, const struct item *it, bool first, struct str *o);

#endif
