/** The normal distribution is below this with probability 0.975: half the width of a 95 % interval. */
export const NORMAL_975 = 1.959963984540054;
/** The normal distribution is below this with probability 0.8. */
export const NORMAL_80 = 0.8416212335729143;
