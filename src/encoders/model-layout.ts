/** One part of a model: an ONNX file, and what is taken of what it gives. */
export interface Tower {
  /** Its ONNX file in onnx/, without what a dtype adds to the name. */
  readonly file: "model" | "text_model" | "vision_model";
  /** The class of Transformers.js that runs it. */
  readonly runner: "AutoModel" | "JinaCLIPTextModel" | "JinaCLIPVisionModel";
  /** Outputs that are one vector an input; the first that the file has is taken. */
  readonly vectors: readonly string[];
  /** Outputs that are one vector a token, to be pooled; where the file has none of `vectors`. */
  readonly tokenVectors: readonly string[];
}

/** Where a number stands in config.json ("text_config.hidden_size"). `otherwise`: when it is left out; null: it must be there. */
export interface ConfigNumber {
  readonly at: readonly string[];
  readonly otherwise: number | null;
}

/** How the files of a family of models are cut, what goes into them and what comes out. */
export interface ModelLayout {
  /** As messages call it. */
  readonly title: string;
  /** What config.json calls such models: its `model_type`. */
  readonly modelTypes: readonly string[];
  readonly text: Tower;
  /** Null: texts only. */
  readonly image: Tower | null;
  /** The length of vectors. */
  readonly width: ConfigNumber;
  /** How many tokens there are places for, of which the first `unusedPlaces` stay empty. */
  readonly tokens: ConfigNumber;
  readonly unusedPlaces: number;
  /** The model was trained with at most so many, whatever its files name. */
  readonly mostTokens: number;
  /** Texts of a run are filled up to the longest of them, or all to the full length, where the model sees padding. */
  readonly padding: "longest" | "full";
  /** Tokenizers whose texts are written small first, as the model was trained: the tokenizer's file does not say it. */
  readonly lowerCaseFor: readonly string[];
  /** What goes before queries, where the model's files have no place to say so. */
  readonly queryPrefix: string;
  /** How pictures are prepared where preprocessor_config.json leaves it out. */
  readonly pictures: PictureDefaults | null;
}

export interface PictureDefaults {
  /** In config.json, where preprocessor_config.json has no size. */
  readonly side: ConfigNumber;
  /** Per channel, of values 0 to 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly fit: "cover" | "squash";
  readonly resampler: "libvips" | "pillow";
}

const tower = (file: Tower["file"], ...vectors: readonly string[]): Tower => ({
  file,
  runner: "AutoModel",
  vectors,
  tokenVectors: [],
});

const COMMON = { unusedPlaces: 0, padding: "longest", lowerCaseFor: [], queryPrefix: "" } as const;

const OF_CLIP = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
  fit: "cover",
} as const;

const JINA_CLIP = {
  ...COMMON,
  modelTypes: ["jina_clip"],
  width: { at: ["projection_dim", "text_config.embed_dim"], otherwise: null },
  tokens: { at: ["text_config.max_position_embeddings"], otherwise: Infinity },
  pictures: { ...OF_CLIP, side: { at: ["vision_config.image_size"], otherwise: null }, resampler: "libvips" },
} as const satisfies Partial<ModelLayout>;

const TEXT = {
  ...COMMON,
  image: null,
  text: { ...tower("model", "sentence_embedding"), tokenVectors: ["last_hidden_state", "token_embeddings"] },
  width: { at: ["hidden_size", "dim", "n_embd", "d_model"], otherwise: null },
  tokens: { at: ["max_position_embeddings", "n_positions"], otherwise: Infinity },
  mostTokens: 8192,
  pictures: null,
} as const satisfies Partial<ModelLayout>;

/** Every layout that is known. Of those with a model's `model_type`, the first counts of which all files are there. */
export const MODEL_LAYOUTS: readonly ModelLayout[] = [
  {
    ...JINA_CLIP,
    title: "jina-clip-v1",
    text: { ...tower("text_model", "text_embeds"), runner: "JinaCLIPTextModel" },
    image: { ...tower("vision_model", "image_embeds"), runner: "JinaCLIPVisionModel" },
    mostTokens: 512,
  },
  {
    ...JINA_CLIP,
    title: "jina-clip-v2",
    text: tower("model", "l2norm_text_embeddings"),
    image: tower("model", "l2norm_image_embeddings"),
    mostTokens: 8192,
    // From its model card.
    queryPrefix: "Represent the query for retrieving evidence documents: ",
  },
  {
    ...COMMON,
    title: "CLIP",
    modelTypes: ["clip"],
    text: tower("text_model", "text_embeds"),
    image: tower("vision_model", "image_embeds"),
    width: { at: ["projection_dim"], otherwise: 512 },
    tokens: { at: ["text_config.max_position_embeddings"], otherwise: 77 },
    mostTokens: 77,
    pictures: { ...OF_CLIP, side: { at: ["vision_config.image_size"], otherwise: 224 }, resampler: "pillow" },
  },
  {
    ...COMMON,
    title: "SigLIP",
    // Of SigLIP 2 too, but for its variant with pictures of any shape.
    modelTypes: ["siglip"],
    text: tower("text_model", "pooler_output"),
    image: tower("vision_model", "pooler_output"),
    width: { at: ["text_config.projection_size", "text_config.hidden_size"], otherwise: 768 },
    tokens: { at: ["text_config.max_position_embeddings"], otherwise: 64 },
    mostTokens: 64,
    padding: "full",
    // SigLIP 2 reads with Gemma's tokenizer, which keeps capitals, and was trained without them.
    lowerCaseFor: ["GemmaTokenizer", "Siglip2Tokenizer"],
    pictures: {
      side: { at: ["vision_config.image_size"], otherwise: 224 },
      mean: [0.5, 0.5, 0.5],
      std: [0.5, 0.5, 0.5],
      fit: "squash",
      resampler: "pillow",
    },
  },
  {
    ...TEXT,
    title: "text model",
    modelTypes: ["bert", "distilbert", "albert", "electra", "deberta", "deberta-v2", "nomic_bert", "modernbert"],
  },
  {
    ...TEXT,
    title: "text model",
    modelTypes: ["roberta", "xlm-roberta", "camembert", "mpnet"],
    unusedPlaces: 2,
  },
];
