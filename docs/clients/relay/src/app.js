// A talent scrolls through institutions and claims to belong to one.
const { commitMutation, createOperationDescriptor, fetchQuery, getRequest, getSelector, graphql } = require("relay-runtime");
const { environment, sent } = require("./environment.js");

const Me = graphql`
  query appMeQuery {
    viewer { talentProfile { id displayName affiliations { id status institution { id name } } } }
  }
`;

const Picker = graphql`
  fragment app_picker on Query
  @argumentDefinitions(search: { type: "String!" }, first: { type: "Int!" }, after: { type: "String" })
  @refetchable(queryName: "appPickerPageQuery") {
    institutions(filter: { search: $search }, first: $first, after: $after) @connection(key: "app_institutions") {
      edges { node { id name status } }
    }
  }
`;

const FirstPage = graphql`
  query appPickerQuery($search: String!, $first: Int!) {
    ...app_picker @arguments(search: $search, first: $first)
  }
`;

const Claim = graphql`
  mutation appClaimMutation($institution: ID!, $key: String!) {
    claimAffiliation(input: { institutionId: $institution }) @idempotent(key: $key) {
      affiliation { id status institution { id name } talent { id affiliations { id } } }
      userErrors { code message path }
    }
  }
`;

const variables = { search: "northern", first: 6 };

// held is the list in the store, all of its pages.
function held() {
  const query = environment.lookup(createOperationDescriptor(getRequest(FirstPage), variables).fragment);
  return environment.lookup(getSelector(Picker, query.data)).data.institutions;
}

async function scroll() {
  const reading = environment.retain(createOperationDescriptor(getRequest(FirstPage), variables));
  await fetchQuery(environment, FirstPage, variables).toPromise();
  const NextPage = Picker.metadata.refetch.operation;
  while (held().pageInfo.hasNextPage) {
    await fetchQuery(environment, NextPage, { ...variables, after: held().pageInfo.endCursor }).toPromise();
    console.log(`${held().edges.length} institutions in the store`);
  }
  return reading;
}

function claim(name) {
  const { node } = held().edges.find((edge) => edge.node.name === name);
  return new Promise((resolve, reject) => {
    commitMutation(environment, {
      mutation: Claim,
      variables: { institution: node.id, key: `claim ${name}` },
      onError: reject,
      onCompleted({ claimAffiliation: { affiliation, userErrors } }) {
        for (const e of userErrors) console.log(`${name}: ${e.code}: ${e.message}`);
        if (affiliation) console.log(`${name}: ${affiliation.status}`);
        resolve();
      },
    });
  });
}

const me = () => environment.lookup(createOperationDescriptor(getRequest(Me), {}).fragment).data.viewer.talentProfile;

async function run() {
  environment.retain(createOperationDescriptor(getRequest(Me), {}));
  await fetchQuery(environment, Me, {}).toPromise();
  console.log(`${me().displayName} belongs to ${me().affiliations.length} institutions`);
  await scroll();
  await claim("Northern Illinois University");
  await claim("Northern Arizona University");
  const before = sent.length;
  console.log(`the store knows: ${me().affiliations.map((a) => `${a.institution.name} ${a.status}`).join(", ")}`);
  console.log(`${sent.length - before} requests for that; before it ${sent.join(" ")}`);
}

module.exports = { run };
