/** The cookie in which a browser stores its time zone, so that pages show the viewer's days. */
export const timeZoneCookie = "posthorn-time-zone";
