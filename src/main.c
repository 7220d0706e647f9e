/* soatin: media monitoring and misinformation triage. Everything is in the rooms; see src/meson.build for
 * their order. */
#include "cli/cli.h"

int main(int argc, char **argv)
{
	return cli_main(argc, argv);
}
