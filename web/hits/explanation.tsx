import { useQuery } from "urql";
import { ExplainDocument, type ExplainQuery } from "../generated/operations";
import type { SearchState } from "../place/search-state";
import { toInput } from "../search/to-input";
import { texts } from "../texts";
import { FaultNotice } from "./fault-notice";

interface ExplanationProps {
  readonly documentId: string;
  readonly search: SearchState;
}

type Explained = ExplainQuery["search"]["nodes"][number];

const said = texts.explanation;
const decimal = (value: number): string => value.toFixed(3);
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

/** How a hit's score came about: the search again, among this one document. */
export function Explanation({ documentId, search }: ExplanationProps) {
  const asked = toInput({ ...search, relevantOnly: false, diversity: 0, groupBy: "" });
  const only = { id: { in: [documentId] } };
  const where = asked?.where ? { all: [asked.where, only] } : only;
  const input = { parts: [], ...asked, where };
  const [{ data, error }] = useQuery({ query: ExplainDocument, variables: { input }, pause: asked === null });
  const hit = data?.search.nodes[0];
  if (error) return <FaultNotice error={error} />;
  return (
    <section className="explanation" aria-label={texts.document.why} aria-busy={!data}>
      <h2>{texts.document.why}</h2>
      {hit && <Numbers hit={hit} isCalibrated={search.ranking === "CALIBRATED"} />}
      {hit && hit.explanation.parts.length > 1 && <Parts parts={hit.explanation.parts} names={partNames(search)} />}
      {data && !hit && <p className="faint">{said.ownHit}</p>}
    </section>
  );
}

interface NumbersProps {
  readonly hit: Explained;
  /** Whether the score is the calibrated one; else the formula is not its. */
  readonly isCalibrated: boolean;
}

function Numbers({ hit: { score, cosine, standing, explanation }, isCalibrated }: NumbersProps) {
  const { centredCosine, backgroundMean, backgroundReach, collectionShare, keywordScore, keywordShare } = explanation;
  const rows: (readonly [string, string | null])[] = [
    [said.centredCosine, decimal(centredCosine)],
    [said.backgroundMean, decimal(backgroundMean)],
    [said.backgroundReach, decimal(backgroundReach)],
    [said.cosine, decimal(cosine)],
    [said.standing, percent(standing)],
    [said.collectionShare, percent(collectionShare)],
    [said.keywords, keywordScore === null ? null : decimal(keywordScore)],
    [said.keywordShare, keywordShare === null ? null : percent(keywordShare)],
  ];
  return (
    <>
      {isCalibrated && (
        <p className="formula">
          {said.formula} = <strong>{texts.hits.score(score)}</strong>
        </p>
      )}
      <dl className="facts">
        {rows.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </>
  );
}

/** What the parts of a query are called, in their order. */
function partNames({ parts, words }: SearchState): string[] {
  const names = { text: "", url: texts.query.aPicture, picture: texts.query.aPicture, document: texts.query.aDocument };
  return [...parts.map(({ kind, value }) => names[kind] || value), words];
}

interface PartsProps {
  readonly parts: Explained["explanation"]["parts"];
  readonly names: readonly string[];
}

function Parts({ parts, names }: PartsProps) {
  return (
    <table className="parts">
      <thead>
        <tr>
          {[said.part, said.weight, said.similarity, said.score].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {parts.map(({ weight, centredCosine, score }, at) => (
          <tr key={at}>
            <th scope="row">{names[at]}</th>
            <td>{weight}</td>
            <td>{decimal(centredCosine)}</td>
            <td>{texts.hits.score(score)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
