/* gen: what the two halves of gen_table share. */
#ifndef TEXT_GEN_H
#define TEXT_GEN_H

#include <stdint.h>

extern uint32_t fold_of[]; /* by code point, as in fold_block */
void print_machine(void);

#endif
