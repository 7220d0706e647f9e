/* commands: the run functions behind the table in commands.c, one per file of their name. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

struct cli;

int cmd_fetch(struct cli *c, int argc, char **argv);
int cmd_feeds(struct cli *c, int argc, char **argv);
int cmd_digest(struct cli *c, int argc, char **argv);
int cmd_init(struct cli *c, int argc, char **argv);
int cmd_limits(struct cli *c, int argc, char **argv);
int cmd_match(struct cli *c, int argc, char **argv);
int cmd_places(struct cli *c, int argc, char **argv);
int cmd_read(struct cli *c, int argc, char **argv);
int cmd_rules(struct cli *c, int argc, char **argv);
int cmd_scan(struct cli *c, int argc, char **argv);

#endif
