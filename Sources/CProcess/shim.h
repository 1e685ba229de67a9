// prctl(2) takes a varying number of arguments, which Swift cannot call.
#ifdef __linux__
#include <sys/prctl.h>

/// Makes the process the parent of every descendant whose own parent ends (PR_SET_CHILD_SUBREAPER); 0, or -1 and errno.
static inline int leakgate_adopt_descendants(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }
#endif
