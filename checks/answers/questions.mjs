// What is asked of the sample texts and pictures: questions that some of them answer, and questions that none does.
import { createRequire } from "node:module";

const { UNANSWERED_QUERIES } = createRequire(import.meta.url)("../../dist/samples/unanswered-queries.js");

const about = (subject, question, colour = null) => ({ question, topic: { subjects: [subject], colour } });

/** Each with what an answer is about. */
export const ANSWERED = [
  about("cat", "Where does the black cat sleep?", "black"),
  about("cat", "What does the white kitten play with?", "white"),
  about("cat", "Is there a green cat from a book?", "green"),
  about("cat", "Is there a red cat?", "red"),
  about("cat", "Show me a blue cat", "blue"),
  about("dog", "Where does the brown dog run?", "brown"),
  about("dog", "What does the black dog guard?", "black"),
  about("dog", "Is there a red dog on a leash?", "red"),
  about("bird", "Where does the blue bird sing?", "blue"),
  about("bird", "Is there a red bird in the snow?", "red"),
  about("owl", "When does the owl hunt?"),
  about("penguin", "What does the penguin slide over?"),
  about("rabbit", "Where is the white rabbit?", "white"),
  about("horse", "What does the horse jump over?"),
  about("cow", "Where does the cow graze?"),
  about("elephant", "What does the elephant spray?"),
  about("lion", "Where does the lion rest?"),
  about("frog", "What does the green frog sit on?"),
  about("turtle", "What does the turtle cross?"),
  about("fish", "Where is the orange fish?", "orange"),
  about("whale", "Why does the whale come up?"),
  about("butterfly", "What is the blue butterfly on?", "blue"),
  about("bee", "What does the bee collect?"),
  about("spider", "Where is the spider?"),
  about("car", "Where is the red car parked?", "red"),
  about("car", "Where is the green car?", "green"),
  about("taxi", "Where is the yellow taxi?"),
  about("truck", "What is the truck loaded with?"),
  about("bus", "Who is in the bus?"),
  about("bicycle", "What does the red bicycle lean on?", "red"),
  about("train", "What does the steam train cross?"),
  about("rocket", "What does the rocket leave?"),
  about("helicopter", "Where does the helicopter land?"),
  about("tractor", "What does the tractor plough?"),
  about("apple", "Where is the green apple?", "green"),
  about("pizza", "What is on the slice of pizza?"),
  about("cake", "What is on the birthday cake?"),
  about("balloon", "Where does the red balloon float?", "red"),
  about("umbrella", "Where is the purple umbrella?", "purple"),
  about("tulip", "Where is the yellow tulip?", "yellow"),
];

/** Some of them share words with what is stored. */
export const UNANSWERED = [
  ...UNANSWERED_QUERIES,
  "What time does the pharmacy on the corner close?",
  "Who won the chess tournament in Reykjavik?",
  "How many calories are in a bowl of lentil soup?",
  "Which vaccine does a cat need every year?",
  "What is the top speed of a red sports car?",
  "How do I renew my passport?",
  "Which bank lends money for a house?",
  "What is the boiling point of nitrogen?",
  "Who wrote the constitution of Brazil?",
  "How is a bird's skeleton different from a mammal's?",
];
