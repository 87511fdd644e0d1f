/** The histogram's height, reserved before it loads, so that nothing below it moves. */
export const histogramHeight = "h-[148px] sm:h-[112px]";
