@rem npm run up replaces the shell it is run by, so that signals reach Posthorn; here there is none to replace.
@%*
