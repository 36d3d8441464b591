/** Sends operations to a Parallax as any client would: over HTTP, to the public endpoint. */
export type Ask = <T>(query: string, variables?: object) => Promise<T>;

interface Answer<T> {
  readonly data?: T;
  readonly errors?: readonly { readonly message: string }[];
}

export const graphqlClient =
  (url: string): Ask =>
  async <T>(query: string, variables: object = {}): Promise<T> => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as Answer<T>;
    if (data === undefined || errors)
      throw new Error(`The server answered: ${errors?.[0]?.message ?? response.status}`);
    return data;
  };
