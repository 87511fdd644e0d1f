# syntax=docker/dockerfile:1

# Posthorn, with its embedded PostgreSQL or with DATABASE_URL. To run it, see docs/operations/install.md.
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN npm run build && rm -rf .next/cache

FROM node:${NODE_VERSION}-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY bin bin
COPY db db
COPY lib lib
RUN node bin/patch.mjs

FROM node:${NODE_VERSION}-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 POSTHORN_DATA_DIR=/data
WORKDIR /app
RUN install -d -o node -g node -m 700 /data
COPY package.json next.config.ts ./
COPY bin bin
COPY db db
COPY lib lib
COPY public public
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/.next .next
USER 1000:1000
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["node", "bin/posthorn.mjs", "health"]
CMD ["node", "bin/up.mjs", "--no-build"]
