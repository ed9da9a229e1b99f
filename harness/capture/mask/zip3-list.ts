/**
 * Version of the lists of ZIP prefixes, named after their censuses; later counts need a later version. Guidance: 45
 * CFR 164.514 (b)(2)(i)(B).
 */
export const ZIP3_VERSION = 'census-2000-and-2020'

/** Prefixes with at most 20,000 people in the census of 2000 or of 2020. */
const SMALL =
  '036 059 063 102 202 203 204 205 369 556 692 753 772 790 821 823 830 831 878 879 884 890 893'.split(' ')

/** Prefixes that belong to no place. Nobody lives there, so a value with one means something else. */
const UNUSED = (
  '000 001 002 003 004 213 269 343 345 348 353 419 428 429 517 518 519 529 533 536 552 568 578 579 589 621 632 642 643 659 ' +
  '663 682 694 695 696 697 698 699 702 709 715 732 742 771 817 818 819 839 848 849 854 858 861 862 866 867 868 869 876 886 ' +
  '887 888 892 896 899 909 929 987'
).split(' ')

/** Prefixes that become 000. */
export const HIDDEN_ZIP3: ReadonlySet<string> = new Set([...SMALL, ...UNUSED])
