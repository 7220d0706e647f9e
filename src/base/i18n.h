/* i18n: marks for text that people read. Rooms below cli/ only mark with N_(); the catalogue is consulted in
 * cli/ (and in digest/ through the `tr` function it is given). Texts carry %1, %2 for their arguments, so
 * that a translator may reorder them. */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#define N_(text) (text)

#endif
