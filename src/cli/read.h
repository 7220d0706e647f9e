/* read: what the files of `soatin read` share. */
#ifndef CLI_READ_H
#define CLI_READ_H

#include "cli/cli.h"
#include "page/page.h"

void read_show(const struct cli *c, const struct article *x); /* readable, at the terminal's width */
/* One line a line of the page, wrapped on a terminal. */
void read_why(const struct page_why *why, const struct article *x);

#endif
