import { handleAuth } from "@/lib/http/handle-auth";

export { handleAuth as GET, handleAuth as POST };
