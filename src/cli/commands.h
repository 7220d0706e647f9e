/* commands: the run functions behind the table in commands.c, one per file of their name. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

struct cli;

int cmd_answer(struct cli *c, int argc, char **argv);
int cmd_dismiss(struct cli *c, int argc, char **argv);
int cmd_note(struct cli *c, int argc, char **argv);
int cmd_queue(struct cli *c, int argc, char **argv);
int cmd_refer(struct cli *c, int argc, char **argv);
int cmd_reopen(struct cli *c, int argc, char **argv);
int cmd_show(struct cli *c, int argc, char **argv);
int cmd_take(struct cli *c, int argc, char **argv);
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
