/** The cookie in which a browser keeps its time zone, so that pages come with the viewer's days. */
export const timeZoneCookie = "posthorn-time-zone";
