/** Of the histogram, also before it is there: nothing below it moves. */
export const histogramHeight = "h-[132px] sm:h-[112px]";
