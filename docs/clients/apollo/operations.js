// Every operation of the app. The manifest is made from this file, so that each
// has its hash before the app runs.
import { gql } from "@apollo/client";

export const Institutions = gql`
  query Institutions($search: String!, $first: Int!, $after: String) {
    institutions(filter: { search: $search }, first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          name
          status
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const Me = gql`
  query Me {
    viewer {
      talentProfile {
        id
        displayName
        affiliations {
          id
          status
          institution {
            id
            name
          }
        }
      }
    }
  }
`;

export const Claim = gql`
  mutation Claim($institution: ID!, $key: String!) {
    claimAffiliation(input: { institutionId: $institution }) @idempotent(key: $key) {
      affiliation {
        id
        status
        institution {
          id
          name
        }
        talent {
          id
          affiliations {
            id
          }
        }
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`;
