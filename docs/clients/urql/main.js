// A talent scrolls through institutions and claims to belong to one.
import { Client, fetchExchange, gql } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";

const Me = gql`
  query Me {
    viewer { talentProfile { id displayName affiliations { id status institution { id name } } } }
  }
`;

const Institutions = gql`
  query Institutions($search: String!, $first: Int!, $after: String) {
    institutions(filter: { search: $search }, first: $first, after: $after) {
      edges { cursor node { id name status } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

const Claim = gql`
  mutation Claim($institution: ID!, $key: String!) {
    claimAffiliation(input: { institutionId: $institution }) @idempotent(key: $key) {
      affiliation { id status institution { id name } talent { id affiliations { id } } }
      userErrors { code message path }
    }
  }
`;

const sent = [];
const client = new Client({
  url: `${process.env.RUNG_URL ?? "http://127.0.0.1:8080"}/graphql`,
  preferGetMethod: false,
  fetch: (url, options) => {
    sent.push(options.method);
    return fetch(url, options);
  },
  fetchOptions: () => ({ headers: process.env.RUNG_TOKEN ? { authorization: `Bearer ${process.env.RUNG_TOKEN}` } : {} }),
  exchanges: [
    cacheExchange({
      // Values without an id stay inside the thing around them.
      keys: { Viewer: () => null },
      resolvers: { Query: { institutions: relayPagination() } },
    }),
    fetchExchange,
  ],
});

// answered gives the data, and throws what is no userError.
async function answered(source) {
  const { data, error } = await source.toPromise();
  if (error) throw error;
  return data;
}

const me = (await answered(client.query(Me, {}))).viewer.talentProfile;
console.log(`${me.displayName} belongs to ${me.affiliations.length} institutions`);

// Each page is merged into the one list that the cache holds.
const variables = { search: "northern", first: 6 };
let page = (await answered(client.query(Institutions, variables))).institutions;
while (page.pageInfo.hasNextPage) {
  page = (await answered(client.query(Institutions, { ...variables, after: page.pageInfo.endCursor }))).institutions;
  console.log(`${page.edges.length} institutions in the cache`);
}

const named = (name) => page.edges.map((edge) => edge.node).find((node) => node.name === name);

async function claim(name) {
  const variables = { institution: named(name).id, key: `claim ${name}` };
  const { affiliation, userErrors } = (await answered(client.mutation(Claim, variables))).claimAffiliation;
  for (const e of userErrors) console.log(`${name}: ${e.code}: ${e.message}`);
  if (affiliation) console.log(`${name}: ${affiliation.status}`);
}

await claim("Northern Illinois University");
await claim("Northern Arizona University");

const before = sent.length;
const mine = client.readQuery(Me, {}).data.viewer.talentProfile.affiliations;
console.log(`the cache knows: ${mine.map((a) => `${a.institution.name} ${a.status}`).join(", ")}`);
console.log(`${sent.length - before} requests for that; before it ${sent.join(" ")}`);
