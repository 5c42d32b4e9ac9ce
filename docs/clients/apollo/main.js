// A talent scrolls through institutions and claims to belong to one.
import { client } from "./client.js";
import { Claim, Institutions, Me } from "./operations.js";

const sent = [];
const watched = (url, options) => {
  sent.push(options.method);
  return fetch(url, options);
};
const apollo = client({
  url: process.env.RUNG_URL ?? "http://127.0.0.1:8080",
  token: process.env.RUNG_TOKEN,
  fetch: watched,
});

const me = await apollo.query({ query: Me });
console.log(`${me.data.viewer.talentProfile.displayName} belongs to ${me.data.viewer.talentProfile.affiliations.length} institutions`);

// Each page is merged into the one list that the cache holds.
const first = { query: Institutions, variables: { search: "northern", first: 6 } };
const held = () => apollo.readQuery(first).institutions;
await apollo.query(first);
const list = apollo.watchQuery(first);
const drawn = list.subscribe(() => {}); // where an app draws the list again
while (held().pageInfo.hasNextPage) {
  await list.fetchMore({ variables: { after: held().pageInfo.endCursor } });
  console.log(`${held().edges.length} institutions in the cache`);
}
drawn.unsubscribe();

const named = (name) => held().edges.map((edge) => edge.node).find((node) => node.name === name);

async function claim(name) {
  const { data } = await apollo.mutate({
    mutation: Claim,
    variables: { institution: named(name).id, key: `claim ${name}` },
  });
  const { affiliation, userErrors } = data.claimAffiliation;
  for (const e of userErrors) console.log(`${name}: ${e.code}: ${e.message}`);
  if (affiliation) console.log(`${name}: ${affiliation.status}`);
}

await claim("Northern Illinois University");
await claim("Northern Arizona University");

const before = sent.length;
const now = await apollo.query({ query: Me, fetchPolicy: "cache-only" });
const mine = now.data.viewer.talentProfile.affiliations;
console.log(`the cache knows: ${mine.map((a) => `${a.institution.name} ${a.status}`).join(", ")}`);
console.log(`${sent.length - before} requests for that; before it ${sent.join(" ")}`);
