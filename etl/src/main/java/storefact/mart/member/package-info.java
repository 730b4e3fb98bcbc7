/** Marts about members: what they buy, how recently, and what they are worth to the chain. */
package storefact.mart.member;
