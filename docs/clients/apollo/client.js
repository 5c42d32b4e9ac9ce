import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

// Queries go out as GET with their hash alone, so that caches on the way can
// tell them apart. A server that does not have one asks for the whole once.
// Mutations are always sent whole.
function link(uri, token, fetch) {
  const http = new HttpLink({ uri, fetch, headers: token ? { authorization: `Bearer ${token}` } : {} });
  const byHash = new PersistedQueryLink({ sha256, useGETForHashedQueries: true }).concat(http);
  return ApolloLink.split(({ operationType }) => operationType === "query", byHash, http);
}

// client is one for a signed-in person; `fetch` can be watched.
export function client({ url, token, fetch = globalThis.fetch }) {
  return new ApolloClient({
    link: link(`${url}/graphql`, token, fetch),
    cache: new InMemoryCache({
      typePolicies: { Query: { fields: { institutions: relayStylePagination(["filter", "orderBy"]) } } },
    }),
  });
}
