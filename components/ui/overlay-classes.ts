/** What dims the page behind a modal overlay. */
export const overlayClasses =
  "fixed inset-0 z-50 bg-overlay data-[state=open]:animate-fade-in motion-reduce:animate-none";

/** Centered from 640 px on; below that at the bottom edge, within reach of a thumb. */
export const dialogContentClasses =
  "fixed z-50 flex max-h-[calc(100dvh-32px)] w-full flex-col overflow-y-auto bg-popover shadow-overlay outline-none data-[state=open]:animate-pop-in motion-reduce:animate-none max-sm:inset-x-0 max-sm:bottom-0 max-sm:rounded-t-lg sm:inset-0 sm:m-auto sm:h-fit sm:max-w-md sm:rounded-lg";
