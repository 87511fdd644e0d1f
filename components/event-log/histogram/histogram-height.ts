/** The histogram's height, reserved before it loads, so that nothing below it moves. */
export const histogramHeight = "h-[116px] @max-xl:h-[148px] @max-md:h-[164px]";
