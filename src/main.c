/* soatin: media monitoring and misinformation triage. Everything is in the rooms; see src/meson.build for
 * their order. */
#include "base/alloc.h"
#include "cli/cli.h"

int main(int argc, char **argv)
{
	alloc_return_large();
	return cli_main(argc, argv);
}
